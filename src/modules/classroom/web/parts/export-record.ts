import type { Me } from '#web/session.tsx';
import { slotsLabel } from '../../rules.ts';
import type { ExportedRecord } from '../../stuck/contract.ts';
import type { ObservationParcel } from './observation-outbox.ts';

/** Puts a record that does not leave the phone into a file, for the administrator to bring in. */
export const exportRecord = (
  me: Pick<Me, 'accountId' | 'personId' | 'name'>,
  id: string,
  { version, finish, body }: ObservationParcel,
): void => {
  if (me.personId === null) return;
  const file: ExportedRecord = {
    kind: 'yanxun-observation',
    schema: 1,
    exportedAt: new Date().toISOString(),
    accountId: me.accountId,
    personId: me.personId,
    name: me.name,
    record: { id, version, finish, rubricId: body.edition?.id ?? null, content: body.content },
  };
  const { dayOn, slotFrom, slotTo, classLabel } = body.content;
  const name = ['听课记录', me.name, dayOn, slotsLabel(slotFrom, slotTo), classLabel]
    .filter((part) => part !== '')
    .join('-')
    .replaceAll(/[\\/:*?"<>|\s]/g, '');
  const address = URL.createObjectURL(
    new Blob([JSON.stringify(file, null, 2)], { type: 'application/json' }),
  );
  const link = document.createElement('a');
  link.href = address;
  link.download = `${name}.json`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
};
