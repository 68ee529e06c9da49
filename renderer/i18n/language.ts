/** The languages of the interface. */
export type Language = 'fr' | 'en';
