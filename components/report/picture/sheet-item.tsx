'use client'
import { useState } from 'react'
import type { Sheet } from './sheet-picture'

interface Props {
  /** The table as the server wrote it. */
  sheet: Sheet
  /** The name under which a browser saves it. */
  name: string
  labels: { save: string; failed: string }
}

/** An entry of the export menu that saves a table of the page as a picture. What draws it is loaded with the press. */
export function SheetItem({ sheet, name, labels }: Props) {
  const draw = async () => (await import('./save-sheet')).saveSheet(sheet, name)
  return <PictureItem draw={draw} labels={labels} />
}

/** Saves a picture, and says in its place in the menu when that failed. */
export function PictureItem({ draw, labels }: Pick<Props, 'labels'> & { draw(): Promise<void> }) {
  const [failed, setFailed] = useState(false)
  const save = () =>
    draw().then(
      () => setFailed(false),
      () => setFailed(true),
    )
  return (
    <li className="needs-script">
      <button type="button" className="menu-item" onClick={save}>
        {failed ? labels.failed : labels.save}
      </button>
    </li>
  )
}
