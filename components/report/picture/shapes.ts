/** What a picture is made of. Lengths are CSS pixels; the origin is the top left corner. */
export type Shape =
  | { kind: 'rect'; x: number; y: number; width: number; height: number; fill: string; opacity?: number }
  | { kind: 'area'; points: readonly Point[]; fill: string; opacity: number }
  | { kind: 'line'; points: readonly Point[]; stroke: string; width: number; dash?: readonly number[] }
  | TextShape

export type Point = readonly [x: number, y: number]

/** `y` is the base line. A text longer than `maxWidth` ends with an ellipsis. */
export interface TextShape {
  kind: 'text'
  x: number
  y: number
  text: string
  size: number
  fill: string
  bold?: boolean
  align?: 'left' | 'center' | 'right'
  maxWidth?: number
}

export interface Picture {
  width: number
  height: number
  shapes: readonly Shape[]
}

/** A picture is always light: it goes into documents and chats. The values are those of theme.css. */
export const LIGHT = {
  surface: '#ffffff',
  sunk: '#f5f5f4',
  line: '#e7e5e4',
  field: '#8a837d',
  text: '#1c1917',
  second: '#57534e',
  warn: '#b54708',
  filling: '#ccfbf1',
} as const

/** The colours of lines, by their tone. */
export const TONES: Record<string, string> = {
  sent: '#14857a',
  delivered: '#0f6a61',
  clicked: '#0a4741',
  'vendor-1': '#0f766e',
  'vendor-2': '#c2410c',
  'vendor-3': '#1d4ed8',
  'vendor-4': '#a21caf',
}

export const WIDTH = 1_200
export const PADDING = 32
