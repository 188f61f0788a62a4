export { OutboxList as Card } from './outbox-list.tsx';
