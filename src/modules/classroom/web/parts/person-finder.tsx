import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { Button } from '#web/ui/button.tsx';
import { TextField } from '#web/ui/field.tsx';
import { organisation } from './api.ts';

export interface FoundPerson {
  readonly id: string;
  readonly name: string;
}

/** Finds people one after another by name, pinyin, initials or staff number. */
export const PersonFinder = ({
  label,
  onPerson,
}: {
  label: string;
  onPerson: (person: FoundPerson) => void;
}): ReactNode => {
  const [text, setText] = useState('');
  const asked = text.trim();
  const query = useQuery({
    ...organisation.query.searchPeople.queryOptions({ input: { text: asked, limit: 8 } }),
    enabled: asked !== '',
  });
  return (
    <div className="stack">
      <TextField
        label={label}
        hint="可输入姓名、拼音、首字母或工号"
        value={text}
        onValue={setText}
        maxLength={40}
        autoComplete="off"
      />
      {asked === ''
        ? null
        : (query.data?.rows ?? []).map(({ id, name, schoolName }) => (
            <Button
              key={id}
              onClick={() => {
                setText('');
                onPerson({ id, name });
              }}
            >
              {name}（{schoolName ?? '区级'}）
            </Button>
          ))}
      {asked !== '' && query.data?.rows.length === 0 ? (
        <p className="muted">没有找到，请换一个写法。</p>
      ) : null}
    </div>
  );
};
