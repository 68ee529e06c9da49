/** Sentences to try, written for this pane: each has the apostrophes, quotes and spaces that its language is known for. */
export const sampleTexts: readonly { language: string; name: string; text: string }[] = [
  {
    language: 'fr',
    name: 'Français',
    text: '«\u00A0L’été, on s’assoit sous les platanes\u00A0; l’air est tiède.\u00A0» Qu’en dis-tu\u00A0? Il n’avait pas d’avis\u00A0: 12\u00A0345 pas, c’est loin\u00A0!\nAujourd’hui, l’œuvre est finie.',
  },
  {
    language: 'en',
    name: 'English',
    text: '“It’s the baker’s turn,” she said – the oven wasn’t hot yet. They’d waited since 6:30 a.m., and nobody had complained (so far).',
  },
  {
    language: 'de',
    name: 'Deutsch',
    text: '„Der Zug fährt um 8:15 Uhr“, sagte die Schaffnerin. Größere Koffer gehören ins Gepäckabteil – Rücksichtnahme lohnt sich.',
  },
  {
    language: 'es',
    name: 'Español',
    text: '—¿Dónde está la plaza? —preguntó el niño. «A dos calles», le respondieron; ¡qué corto era el camino!',
  },
  {
    language: 'it',
    name: 'Italiano',
    text: '«Dov’è l’ombrello?» chiese la nonna. L’aveva lasciato all’università, perché c’era il sole e non pioveva più.',
  },
];
