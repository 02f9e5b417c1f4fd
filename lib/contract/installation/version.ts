/** The version that runs. A test compares it with package.json and CHANGELOG.md. */
export const VERSION = '0.1.0'
