/**
 * Draws a formula into an element, in MathML: no style sheet and no fonts to load, and screen readers read it. KaTeX
 * is fetched with the first formula. What cannot be read stands there as it was typed.
 */
export const drawMath = async (element: HTMLElement, latex: string, display: boolean): Promise<boolean> => {
  try {
    const { default: katex } = await import('katex');
    katex.render(latex, element, {
      output: 'mathml',
      displayMode: display,
      throwOnError: true,
      trust: false,
      strict: 'ignore',
      maxExpand: 200,
      maxSize: 20,
      // These two alone are drawn with a style attribute, which the page's content security policy forbids.
      macros: { '\\pmb': '\\boldsymbol{#1}', '\\fcolorbox': '\\boxed{#3}' },
    });
    element.classList.remove('math-unreadable');
    return true;
  } catch {
    element.textContent = latex;
    element.classList.add('math-unreadable');
    return false;
  }
};
