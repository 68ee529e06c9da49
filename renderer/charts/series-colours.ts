/** Colours of series, apart from each other for the colour-blind too (after Okabe and Ito), with 3:1 on their surface. */
const colours = [
  'light-dark(#234f7d, #8fbdea)',
  'light-dark(#b3541e, #f2a56b)',
  'light-dark(#1d7a63, #63cfae)',
  'light-dark(#8b3d80, #dd9dd4)',
  'light-dark(#8a6a00, #e2c04f)',
  'light-dark(#5a5f68, #a9b0bb)',
  'light-dark(#a5261e, #f49a91)',
  'light-dark(#3f6f21, #a3cf7f)',
] as const;

export function seriesColour(index: number): string {
  return colours[index % colours.length] ?? colours[0];
}
