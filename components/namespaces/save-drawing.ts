import { saveBlob } from '../ui/save-file.ts';

/** Pixels of the file per pixel of the page: with two, the picture is sharp in a document. */
const pngScale = 2;

export function saveDrawingAsSvg(drawing: SVGSVGElement, name: string): void {
  saveBlob(new Blob([drawingToSvg(drawing)], { type: 'image/svg+xml' }), `${name}.svg`);
}

export async function saveDrawingAsPng(drawing: SVGSVGElement, name: string): Promise<void> {
  const image = new Image();
  image.src = `data:image/svg+xml,${encodeURIComponent(drawingToSvg(drawing))}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = drawing.width.baseVal.value * pngScale;
  canvas.height = drawing.height.baseVal.value * pngScale;
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  canvas.toBlob((blob) => {
    if (blob !== null) saveBlob(blob, `${name}.png`);
  });
}

/** The drawing as a file of its own, with the current colours and background of the page. */
export function drawingToSvg(drawing: SVGSVGElement): string {
  const style = getComputedStyle(document.documentElement);
  const copy = drawing.cloneNode(true) as SVGSVGElement;
  const { x, y, width, height } = drawing.viewBox.baseVal;
  const background = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
  for (const [attribute, value] of Object.entries({ x, y, width, height, fill: 'var(--surface)' }))
    background.setAttribute(attribute, String(value));
  copy.insertBefore(background, copy.querySelector('g'));
  return new XMLSerializer()
    .serializeToString(copy)
    .replaceAll(/var\((--[\w-]+)\)/g, (_, variable: string) => style.getPropertyValue(variable).trim());
}
