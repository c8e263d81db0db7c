import { PERSON_ID_HEADER, ROW_ID_HEADER, type ImportField } from './import-fields.ts';

/** The words of one field: those the files of Gangway have, and what people write in four languages. */
interface ColumnNames {
  /** Comes before every other word: exports and documentation use it. */
  readonly own: string;
  readonly en: readonly string[];
  readonly fr: readonly string[];
  readonly de: readonly string[];
  readonly it: readonly string[];
  /** Counts only where no column says it better: `Name` beside `Vorname`, and not beside `Surname`. */
  readonly vague?: readonly string[];
}

/**
 * How columns are called. Case, accents, spaces and punctuation do not count: `E-Mail`, `email` and `EMAIL` are one word.
 * No word stands for two fields.
 */
export const COLUMN_NAMES: Readonly<Record<ImportField, ColumnNames>> = {
  firstName: {
    own: 'first_name',
    en: ['given name', 'forename', 'first names'],
    fr: ['prénom', 'prénoms'],
    de: ['Vorname', 'Vornamen', 'Rufname'],
    it: ['nome', 'nome di battesimo'],
  },
  lastName: {
    own: 'last_name',
    en: ['surname', 'family name'],
    fr: ['nom', 'nom de famille'],
    de: ['Nachname', 'Familienname', 'Zuname'],
    it: ['cognome'],
    vague: ['name'],
  },
  address: {
    own: 'address',
    en: ['email', 'mail', 'email address', 'mail address', 'work email', 'company email'],
    fr: ['courriel', 'adresse e-mail', 'adresse mail', 'adresse de messagerie', 'adresse électronique'],
    de: ['E-Mail-Adresse', 'Mailadresse', 'Mail-Adressen', 'Geschäftliche E-Mail'],
    it: ['indirizzo e-mail', 'indirizzo mail', 'posta elettronica', 'e-mail aziendale'],
  },
  domain: {
    own: 'domain',
    en: ['mail domain', 'email domain'],
    fr: ['domaine', 'domaine de messagerie'],
    de: ['Domäne', 'Maildomain'],
    it: ['dominio', 'dominio di posta'],
  },
  aliases: {
    own: 'aliases',
    en: ['alias', 'further addresses', 'other addresses', 'additional addresses'],
    fr: ['autres adresses', 'adresses supplémentaires', 'adresses secondaires'],
    de: ['Aliasse', 'Aliase', 'Weitere Adressen', 'Zusätzliche Adressen'],
    it: ['altri indirizzi', 'indirizzi aggiuntivi'],
  },
  externalId: {
    own: 'external_id',
    en: ['employee id', 'employee number', 'staff number', 'staff id', 'personnel number', 'payroll number'],
    fr: ['matricule', 'identifiant externe', 'numéro d’employé', 'numéro de personnel', 'n° de matricule'],
    de: ['Personalnummer', 'Personal-Nr.', 'Mitarbeiternummer', 'Mitarbeiter-ID', 'Externe ID'],
    it: ['matricola', 'numero di matricola', 'identificativo esterno', 'ID esterno', 'codice dipendente'],
  },
  accountRole: {
    own: 'account_role',
    en: ['role', 'account type', 'user role'],
    fr: ['rôle', 'rôle du compte', 'type de compte'],
    de: ['Rolle', 'Kontorolle', 'Kontotyp', 'Benutzerrolle'],
    it: ['ruolo', 'ruolo dell’account', 'tipo di account'],
  },
  quotaBytes: {
    own: 'quota_bytes',
    en: ['quota', 'mailbox size', 'storage'],
    fr: ['quota en octets', 'taille de la boîte', 'espace de stockage'],
    de: ['Kontingent', 'Speicherplatz', 'Postfachgrösse', 'Postfachgröße'],
    it: ['quota in byte', 'dimensione della casella', 'spazio di archiviazione'],
  },
  groups: {
    own: 'groups',
    en: ['group', 'teams', 'memberships'],
    fr: ['groupes', 'groupe', 'équipes'],
    de: ['Gruppen', 'Gruppe', 'Mitgliedschaften'],
    it: ['gruppi', 'gruppo', 'squadre'],
  },
  managerId: {
    own: 'manager',
    en: ['manager id', 'line manager', 'supervisor', 'reports to'],
    fr: ['responsable', 'supérieur', 'supérieur hiérarchique', 'manageur'],
    de: ['Vorgesetzter', 'Vorgesetzte', 'Vorgesetzte Person', 'Führungskraft'],
    it: ['responsabile', 'superiore', 'superiore diretto'],
  },
  department: {
    own: 'department',
    en: ['division', 'unit', 'organisational unit', 'organizational unit'],
    fr: ['département', 'service', 'unité'],
    de: ['Abteilung', 'Bereich', 'Organisationseinheit'],
    it: ['reparto', 'dipartimento', 'ufficio'],
  },
  timeZone: {
    own: 'time_zone',
    en: ['tz'],
    fr: ['fuseau horaire', 'fuseau'],
    de: ['Zeitzone'],
    it: ['fuso orario', 'fuso'],
  },
  country: {
    own: 'country',
    en: ['country code'],
    fr: ['pays', 'code pays', 'code du pays'],
    de: ['Land', 'Ländercode', 'Länderkürzel'],
    it: ['paese', 'nazione', 'codice paese'],
  },
  locale: {
    own: 'locale',
    en: ['language', 'preferred language'],
    fr: ['langue', 'langue préférée'],
    de: ['Sprache', 'Korrespondenzsprache'],
    it: ['lingua', 'lingua preferita'],
  },
  privateContact: {
    own: 'private_contact',
    en: ['private email', 'personal email', 'private address', 'home email'],
    fr: ['e-mail privé', 'adresse privée', 'adresse e-mail privée', 'contact privé', 'courriel privé'],
    de: ['Private E-Mail', 'Private E-Mail-Adresse', 'E-Mail privat', 'Privater Kontakt'],
    it: ['e-mail privata', 'indirizzo privato', 'indirizzo e-mail privato', 'contatto privato'],
  },
  targets: {
    own: 'targets',
    en: ['target', 'systems', 'target systems'],
    fr: ['cibles', 'systèmes', 'systèmes cibles'],
    de: ['Zielsysteme', 'Zielsystem', 'Ziele'],
    it: ['destinazioni', 'sistemi', 'sistemi di destinazione'],
  },
  endsOn: {
    own: 'ends_on',
    en: ['end date', 'contract end', 'contract end date', 'ends'],
    fr: ['date de fin', 'fin de contrat', 'fin du contrat'],
    de: ['Enddatum', 'Vertragsende', 'Befristet bis'],
    it: ['data di fine', 'fine contratto', 'fine del contratto'],
  },
  protected: {
    own: 'protected',
    en: ['service account', 'is protected'],
    fr: ['protégé', 'compte de service'],
    de: ['Geschützt', 'Dienstkonto'],
    it: ['protetto', 'account di servizio'],
  },
  password: {
    own: 'password',
    en: ['initial password', 'passphrase'],
    fr: ['mot de passe', 'mot de passe initial'],
    de: ['Passwort', 'Kennwort', 'Initialpasswort'],
    it: ['parola d’ordine', 'password iniziale'],
  },
  operation: {
    own: 'operation',
    en: ['action', 'change type'],
    fr: ['opération', 'type d’opération'],
    de: ['Vorgang', 'Aktion', 'Operationen'],
    it: ['operazione', 'azione'],
  },
  lastDay: {
    own: 'last_day',
    en: ['last working day', 'leaving date', 'departure date'],
    fr: ['dernier jour', 'dernier jour de travail', 'date de départ'],
    de: ['Letzter Tag', 'Letzter Arbeitstag', 'Austrittsdatum', 'Austritt'],
    it: ['ultimo giorno', 'ultimo giorno di lavoro', 'data di uscita'],
  },
  reason: {
    own: 'reason',
    en: ['reason for leaving', 'leaving reason'],
    fr: ['motif', 'motif du départ', 'raison'],
    de: ['Grund', 'Austrittsgrund'],
    it: ['motivo', 'motivo dell’uscita'],
  },
  personId: {
    own: PERSON_ID_HEADER,
    en: [],
    fr: [],
    de: [],
    it: [],
  },
  rowId: {
    own: ROW_ID_HEADER,
    en: [],
    fr: [],
    de: [],
    it: [],
  },
};
