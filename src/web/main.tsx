import './style.css';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { keepForOffline } from './offline.ts';
import { createAppRouter } from './router.tsx';
import { statusOf } from './rpc.ts';
import { Toasts } from './ui/toast.tsx';

const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      networkMode: 'always',
      // A refusal stays a refusal; only a lost connection or a server at fault is asked again.
      retry: (count, error) => count < 2 && (statusOf(error) ?? 500) >= 500,
    },
  },
});

const root = document.querySelector('#root');
if (root === null) throw new Error('the page has no #root');
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={createAppRouter()} />
      <Toasts />
    </QueryClientProvider>
  </StrictMode>,
);
keepForOffline();
