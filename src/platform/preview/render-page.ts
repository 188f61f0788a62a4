/**
 * Draws the first page of a PDF small, as a PNG: `render-page.ts <in.pdf> <out.png>`. A program of its own, started with
 * limits, since what it reads is anybody's file. Ends with 2 for a file that is no PDF or needs a password.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { init } from '@embedpdf/pdfium';
import { encodePng } from './png.ts';

/** In pixels; twice what a list shows, for fine screens. */
const longestSide = 480;
const annotations = 0x01;
const white = 0xffffffff;

const [from = '', to = ''] = process.argv.slice(2);

const giveUp = (): never => process.exit(2);

const wasm = readFileSync(fileURLToPath(import.meta.resolve('@embedpdf/pdfium/pdfium.wasm')));
const pdfium = await init({ wasmBinary: new Uint8Array(wasm).buffer });
pdfium.PDFiumExt_Init();
/** Anew each time: the memory moves when it grows. Its type would need the types of Emscripten. */
const memory = (): Uint8Array => (pdfium.pdfium as unknown as { HEAPU8: Uint8Array }).HEAPU8;

const bytes = readFileSync(from);
const place = pdfium.pdfium.wasmExports.malloc(bytes.length);
if (place === 0) giveUp();
memory().set(bytes, place);
const document = pdfium.FPDF_LoadMemDocument(place, bytes.length, '');
if (document === 0) giveUp();
const page = pdfium.FPDF_LoadPage(document, 0);
if (page === 0) giveUp();
const [pageWidth, pageHeight] = [pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)];
const scale = longestSide / Math.max(pageWidth, pageHeight);
const side = (length: number): number => Math.max(1, Math.round(length * scale));
const [width, height] = [side(pageWidth), side(pageHeight)];
if (!(width <= longestSide && height <= longestSide)) giveUp();
const bitmap = pdfium.FPDFBitmap_Create(width, height, 0);
if (bitmap === 0) giveUp();
pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, white);
pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, annotations);
const start = pdfium.FPDFBitmap_GetBuffer(bitmap);
const stride = pdfium.FPDFBitmap_GetStride(bitmap);
writeFileSync(
  to,
  encodePng({ width, height, stride, bgrx: memory().subarray(start, start + stride * height) }),
);
process.exit(0);
