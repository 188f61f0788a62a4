/** From now on the app opens without a network. Browsers allow it over HTTPS, and on the machine itself. */
export const keepForOffline = (): void => {
  if (!import.meta.env.PROD || !window.isSecureContext || !('serviceWorker' in navigator)) return;
  window.addEventListener('load', () => {
    navigator.serviceWorker.register('/service-worker.js').catch(() => {
      // It works as before, with a network; the next opening tries again.
    });
  });
};
