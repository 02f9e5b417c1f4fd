import 'server-only'

/** Words that passwords are made of, our own list: favourites of every public top list, in the languages of our people. */
const WORDS = new Set(
  `
  access account admin administrator adobe alexander amanda america andrea andrew angel anthony apple arsenal ashley
  asdf asdfgh asdfghjkl august autumn avengers awesome azerty babygirl backup badboy bailey banana barcelona baseball
  basketball batman bear beautiful beijing biteme blink blessed blue bonjour bonita boston brandon buster butterfly
  camaro canada changeit changeme changemenow changethis charlie cheese chelsea chicken china chocolate christmas
  cisco classic cloud coffee company computer connect console cookie correcthorsebatterystaple cowboys cricket
  dallas daniel dashboard database david december default demo denver deploy diamond docker dolphin dragon eagle
  elephant emulator england example family february ferrari fish flower football forever freedom friday friend friends
  fuckyou gangster george ginger god goodluck google gotohell guest guitar hammer hannah happy harley heaven hello
  helloworld hockey holiday home hottie house hunter ilove iloveyou imissyou india internet jackson january jasmine
  jennifer jessica jesus jordan joshua july june junior justin killer king kitty korea lakers letmein letmeinnow
  liverpool login london love lovely loveme lover lucky madison magic manager march marina marlboro martin master
  matrix matthew maverick melissa mercedes michael michelle microsoft minecraft monday money monkey monster morgan
  mother mountain mustang myspace naruto newyork nicole nintendo november nopassword nothing october office oracle
  orange p password passwd passwort passphrase patrick peanut pepper phoenix player please pokemon police porsche
  postgres power prince princess private production pumpkin purple push pushlens qazwsx qwer qwert qwerty qwertyu
  qwertyuiop qwertz rabbit rachel rainbow ranger raspberry red robert root rootroot samantha samsung saturday
  scooter secret secure security seoul september server service shadow shanghai shenzhen silver singapore slipknot
  snoopy soccer sparky spiderman spring starwars steelers summer sunday sunflower sunshine super superman support
  system tencent tencentcloud test tester testing testtest thomas thursday thunder tigger timpush toor toyota tuesday
  tweety unicorn unknown user vagrant vanessa victoria wechat wednesday welcome whatever william windows winner
  winter woaini wonderful yankees yellow zaq zaqxsw
  anfang geheim hallo ichliebedich schatz sommer passwortpasswort motdepasse soleil jetaime contrasena teamo
  mima nihao aini saranghae annyeong bimil bimilbeonho sakura nihon tokyo
  `
    .trim()
    .split(/\s+/),
)
const ROWS = [
  'qwertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  'azertyuiop',
  'qwertzuiop',
  'abcdefghijklmnopqrstuvwxyz',
  '01234567890',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm',
  'qazwsxedcrfvtgbyhnujm',
  '1q2w3e4r5t6y7u8i9o0p',
  '!@#$%^&*()',
]
const SEQUENCES = ROWS.flatMap((row) => [row, [...row].reverse().join('')])
const LOOKALIKES: Record<string, string> = {
  a: '4@',
  b: '8',
  e: '3',
  g: '9',
  i: '1!|',
  l: '1!|',
  o: '0',
  s: '5$',
  t: '7+',
  z: '2',
}

const LONGEST_WORD = 30
const SHORTEST_RUN = 3
const LEAST_DISTINCT = 5

/**
 * True where the text is made of nothing but common words, keyboard and number sequences, repeats, digits and signs
 * ("P@ssw0rd2024!!", "qwerty123456", "abcabcabcabc"); one stray letter does not help. `own` are words of the person.
 */
export function isCommonPassword(password: string, own: string[] = []): boolean {
  const text = password.toLowerCase()
  if (new Set(text).size < LEAST_DISTINCT || /^(.+)\1{2,}$/s.test(text)) return true
  const words = new Set([
    ...WORDS,
    ...own.map((word) => word.toLowerCase()).filter((word) => word.length >= SHORTEST_RUN),
  ])
  // Once more without what people put between words, for names that are written apart.
  return [text, text.replace(/[\s._-]+/g, '')].some((form) => strayLetters(form, words) <= 1)
}

/** The fewest letters that belong to no common piece; Infinity where there is no common piece at all. */
function strayLetters(text: string, words: Set<string>): number {
  // Per position: fewest strays so far, without and with a common piece behind us.
  const bare = [0, ...Array<number>(text.length).fill(Number.POSITIVE_INFINITY)]
  const common = Array<number>(text.length + 1).fill(Number.POSITIVE_INFINITY)
  const lower = (row: number[], at: number, value: number) => {
    row[at] = Math.min(row[at] ?? value, value)
  }
  for (let from = 0; from < text.length; from += 1) {
    const soFar = Math.min(bare[from] ?? 0, common[from] ?? 0)
    const stray = /[\p{L}]/u.test(text[from] ?? '') ? 1 : 0
    lower(bare, from + 1, (bare[from] ?? 0) + stray)
    lower(common, from + 1, (common[from] ?? 0) + stray)
    for (let to = from + 1; to <= Math.min(text.length, from + LONGEST_WORD); to += 1) {
      if (isCommonPiece(text.slice(from, to), words)) lower(common, to, soFar)
    }
  }
  return common[text.length] ?? Number.POSITIVE_INFINITY
}

function isCommonPiece(piece: string, words: Set<string>): boolean {
  if (words.has(piece)) return true
  if (piece.length < SHORTEST_RUN) return false
  if (new Set(piece).size === 1 || SEQUENCES.some((row) => row.includes(piece))) return true
  if (!/[^a-z]/.test(piece)) return false
  for (const word of words) if (readsAs(piece, word)) return true
  return false
}

function readsAs(piece: string, word: string): boolean {
  if (piece.length !== word.length) return false
  for (let i = 0; i < word.length; i += 1) {
    const [letter = '', sign = ''] = [word[i], piece[i]]
    if (letter !== sign && !LOOKALIKES[letter]?.includes(sign)) return false
  }
  return true
}
