'use client'

/** Prints the page. The menu that contains it closes first, so that it is not on the paper. */
export function PrintButton({ label }: { label: string }) {
  return (
    <button type="button" className="menu-item" data-chosen onClick={() => requestAnimationFrame(() => window.print())}>
      {label}
    </button>
  )
}
