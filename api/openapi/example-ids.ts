/** The same few people and things in every example: Lea leaves, Mona is her manager. */
export const EXAMPLE = {
  lea: 'per_01KA0Q5R8V3N6T9XWZ2B4D7FHJ',
  leaAccount: 'acc_01KA0Q5R8V3N6T9XWZ2B4D7FHJ',
  mona: 'per_01KA0Q4C2M5P8S1VYX3A6E9GKN',
  monaAccount: 'acc_01KA0Q4C2M5P8S1VYX3A6E9GKN',
  departure: 'cas_01KA0Q9B7D4G1JMPT8WZC5FHKR',
  onboarding: 'cas_01KA0QC8E5H2KNQSV0X6Z4AFJT',
  leave: 'cas_01KA0QE2M8R5V1X4Z7C0F3HJNP',
  deletion: 'cas_01KA0QD3W9T5FJMPZ1V7C4EGHS',
  import: 'imp_01KA0QF6N3S9W2Y5A8D1G4JKPR',
  reviewDefinition: 'rvd_01KA0QG1B4E7HKNRTW0Y3A6DFJ',
  review: 'rvw_01KA0QH3D6G9JMPSV1X4Z7C2EK',
  otherFinding: 'fnd_3H1K4N7R0V6Z2C5E8J9M2P5S8W',
  previousReview: 'rvw_01K6F3T2C5F8HKNQSV1Y4A7DGM',
  finding: 'fnd_7Q2M5P8S1VYX3A6E9GKN4C0R5T',
  organisation: 'org_00000000000000000000000000',
  /** Whose key asks. */
  owner: 'own_01KA0Q2T6W9Z3C5E8H1KNQRSVX',
  secondOwner: 'own_01KA0Q3F5J8M1P4S7V0Y2B6DGN',
  key: 'key_01KA0Q7H0K3N6R9TWY2A5C8EGJ',
  requestId: 'req_01KA0QB4D7G0JMPSVY1Z3C6EHK',
} as const;
