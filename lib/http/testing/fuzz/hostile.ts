/** Values that programs stumble over: what text, numbers and structures look like when somebody means harm. */
export const HOSTILE_TEXTS: readonly string[] = [
  ...['', ' ', '\0', 'a\0b', '\ud800', '\u202e', '\ufeff', '\u{1f4a9}'.repeat(60), '\r\n', '..', '../../etc/passwd'],
  ...['%', '%00', '%ZZ', '%c0%ae', '+', '&', '=', '#', '?', '*', '_', '\\', "'", '"', "' OR 1=1 --", '$1', '{{7*7}}'],
  ...['__proto__', 'constructor', 'toString', 'null', 'undefined', 'NaN', 'true', '-0', '-1', '0', '1e309', '0x10'],
  ...['９', '9007199254740993', '99999999999999999999', '2147483648', '999999999999', '253402300800', '1.5'],
  ...['2026-02-30', '0000-01-01', '9999-12-31', '2026-11-22T25:00:00Z', '2026-11-22T00:00:00+99:00', 'Mars/Base'],
  ...['<script>alert(1)</script>', '=cmd|calc', 'a,b,c', ','.repeat(500), 'a'.repeat(5_000), '\t'.repeat(200)],
]

export const HOSTILE_VALUES: readonly unknown[] = [
  ...[null, true, false, 0, -0, -1, 1.5, 1e308, -1e308, 5e-324, 2 ** 31, 2 ** 53, -(2 ** 63), 253_402_300_800],
  ...[[], {}, [[]], [null], [{}], { length: 3 }, JSON.parse('{"__proto__":{"role":"admin"}}'), { constructor: 1 }],
  ...[Array.from({ length: 2_000 }, () => 0), nested(400)],
  ...HOSTILE_TEXTS,
]

/** Bodies that are no JSON value of any schema. */
export const HOSTILE_BODIES: readonly string[] = [
  ...['', '{', '}', '[]', 'null', '0', '""', 'undefined', '{"a":1,}', '{"a":1}{"a":2}', '\ufeff{}', '{"a":\u2028}'],
  ...['['.repeat(30_000), `{"a":"${'x'.repeat(70_000)}"}`, '{"__proto__":null}', '1e99999', '"\\ud800"', '\0'],
]

function nested(depth: number): unknown {
  let value: unknown = []
  for (let i = 0; i < depth; i++) value = [value]
  return value
}
