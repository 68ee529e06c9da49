/**
 * The colours of token probabilities: one hue that grows darker (light theme) or brighter (dark theme) the less probable a
 * token was, so that surprises stand out and the order survives every kind of colour blindness. A test keeps the contrast
 * of each pair at 4.5:1 or more.
 */
export interface ProbabilityStep {
  /** The step holds probabilities from here up to the step before. */
  readonly minimum: number;
  readonly light: { readonly background: string; readonly text: string };
  readonly dark: { readonly background: string; readonly text: string };
}

export const probabilitySteps: readonly ProbabilityStep[] = [
  {
    minimum: 0.95,
    light: { background: '#f7f3e8', text: '#3b372f' },
    dark: { background: '#2a2822', text: '#cfcabd' },
  },
  {
    minimum: 0.75,
    light: { background: '#fbe9b7', text: '#3d3113' },
    dark: { background: '#453a1e', text: '#eadfc2' },
  },
  { minimum: 0.5, light: { background: '#fbd07a', text: '#3f2b05' }, dark: { background: '#664d16', text: '#f8ebcb' } },
  {
    minimum: 0.25,
    light: { background: '#f4a94a', text: '#3a2200' },
    dark: { background: '#8a5d10', text: '#fff4dc' },
  },
  { minimum: 0.1, light: { background: '#b4520e', text: '#ffffff' }, dark: { background: '#e09a34', text: '#241500' } },
  { minimum: 0, light: { background: '#7a2a08', text: '#ffffff' }, dark: { background: '#ffd494', text: '#2b1a00' } },
];

export function probabilityOf(logProbability: number): number {
  return Math.exp(logProbability);
}

/** Index into `probabilitySteps`. */
export function probabilityStep(probability: number): number {
  const step = probabilitySteps.findIndex(({ minimum }) => probability >= minimum);
  return step === -1 ? probabilitySteps.length - 1 : step;
}

/** The steps as custom properties `--step-0` and `--step-0-text` for the element that holds the chips. */
export function probabilityProperties(): string {
  return probabilitySteps
    .map(
      ({ light, dark }, index) =>
        `--step-${index}: light-dark(${light.background}, ${dark.background}); --step-${index}-text: light-dark(${light.text}, ${dark.text})`,
    )
    .join('; ');
}

/** WCAG 2.2 contrast ratio of two `#rrggbb` colours. */
export function contrastRatio(first: string, second: string): number {
  const [lighter, darker] = [luminance(first), luminance(second)].sort((a, b) => b - a) as [number, number];
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map((start) => {
    const value = Number.parseInt(colour.slice(start, start + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
