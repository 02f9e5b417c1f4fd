/**
 * Characters that control a terminal or the direction of text, or that nobody can see. Text from others is shown without
 * them. Joiners stay: without them an emoji falls apart, and some languages are misspelt.
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: taking control characters out is what this is for
const STEERING = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g

export function stripControls(text: string): string {
  return text.replace(STEERING, '')
}
