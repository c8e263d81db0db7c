/** Nobody's key: the engine acts by itself. */
export const ITSELF = 'own_gangway';
