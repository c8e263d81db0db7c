/** RFC 5321, 4.5.3.1.1. */
export const LOCAL_PART_OCTETS = 64;
/** RFC 5321, 4.5.3.1.3: a path of 256 with its angle brackets. */
export const ADDRESS_OCTETS = 254;

/** How many octets a domain leaves for what is before the @. */
export function roomBefore(domain: string): number {
  return Math.min(LOCAL_PART_OCTETS, ADDRESS_OCTETS - '@'.length - domain.length);
}

/** Cut at its end; a dot or a hyphen that the cut would leave there goes as well. */
export function cutTo(room: number, localPart: string): string {
  return localPart.slice(0, Math.max(room, 0)).replace(/[.-]+$/u, '');
}

export function localPartOf(address: string): string {
  return address.slice(0, address.lastIndexOf('@'));
}

export function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1);
}
