import type { ReactNode } from 'react';
import { headingCounter } from '#platform/official-document/numbering.ts';
import { Button } from '#web/ui/button.tsx';
import { SelectField, TextArea, TextField } from '#web/ui/field.tsx';
import type { Block } from '../../contract.ts';
import { TableBlock } from './table-block.tsx';

/** A block with a name of its own on this page, so that moving it keeps what is being typed. */
export interface KeyedBlock {
  readonly key: number;
  readonly block: Block;
}

export const keyed = (blocks: readonly Block[]): KeyedBlock[] => blocks.map((block, key) => ({ key, block }));

export const withoutKeys = (blocks: readonly KeyedBlock[]): Block[] => blocks.map(({ block }) => block);

const kindLabels: Readonly<Record<Block['kind'], string>> = {
  heading: '标题',
  paragraph: '段落',
  table: '表格',
};

const emptyBlocks: Readonly<Record<Block['kind'], Block>> = {
  heading: { kind: 'heading', level: 1, title: '', text: '' },
  paragraph: { kind: 'paragraph', text: '' },
  table: {
    kind: 'table',
    heading: '',
    columns: [
      { title: '项目', align: 'left' },
      { title: '情况', align: 'left' },
    ],
    rows: [['', '']],
  },
};

const headingLevels = [1, 2, 3, 4] as const;
const levelLabels = ['一、', '（一）', '1.', '（1）'];

interface BlockListProps {
  readonly blocks: readonly KeyedBlock[];
  readonly onBlocks: (blocks: readonly KeyedBlock[]) => void;
}

export const BlockList = ({ blocks, onBlocks }: BlockListProps): ReactNode => {
  const label = headingCounter();
  const numbered = blocks.map((one) => ({
    ...one,
    number: one.block.kind === 'heading' ? label(one.block.level) : '',
  }));
  const move = (from: number, to: number): void => {
    const rest = blocks.toSpliced(from, 1);
    const moved = blocks[from];
    if (moved !== undefined && to >= 0 && to < blocks.length) onBlocks(rest.toSpliced(to, 0, moved));
  };
  const add = (kind: Block['kind'], at: number): void => {
    const key = 1 + Math.max(-1, ...blocks.map((one) => one.key));
    onBlocks(blocks.toSpliced(at, 0, { key, block: emptyBlocks[kind] }));
  };
  return (
    <div className="stack">
      {numbered.map(({ key, block, number }, index) => (
        <section key={key} className="block" aria-label={`第${index + 1}块：${kindLabels[block.kind]}`}>
          <div className="block-head">
            <strong>
              {number}
              {kindLabels[block.kind]}
            </strong>
            <span className="row">
              <Button size="small" disabled={index === 0} onClick={() => move(index, index - 1)}>
                上移
              </Button>
              <Button
                size="small"
                disabled={index === blocks.length - 1}
                onClick={() => move(index, index + 1)}
              >
                下移
              </Button>
              <Button size="small" variant="danger" onClick={() => onBlocks(blocks.toSpliced(index, 1))}>
                删除
              </Button>
            </span>
          </div>
          <BlockFields block={block} onBlock={(next) => onBlocks(blocks.with(index, { key, block: next }))} />
        </section>
      ))}
      <div className="row">
        {(['paragraph', 'heading', 'table'] as const).map((kind) => (
          <Button key={kind} onClick={() => add(kind, blocks.length)}>
            加{kindLabels[kind]}
          </Button>
        ))}
      </div>
    </div>
  );
};

const BlockFields = ({ block, onBlock }: { block: Block; onBlock: (block: Block) => void }): ReactNode => {
  if (block.kind === 'paragraph')
    return (
      <TextArea
        label="正文"
        rows={4}
        value={block.text}
        onValue={(text) => onBlock({ ...block, text })}
        maxLength={4000}
        error={block.text.trim() === '' ? '请写正文，或删除这一段' : undefined}
      />
    );
  if (block.kind === 'table') return <TableBlock block={block} onBlock={onBlock} />;
  return (
    <>
      <div className="fields">
        <SelectField
          label="级别"
          value={String(block.level)}
          choices={headingLevels.map((level, index) => ({
            value: String(level),
            label: levelLabels[index] ?? '',
          }))}
          onValue={(value) =>
            onBlock({ ...block, level: headingLevels.find((level) => String(level) === value) ?? 1 })
          }
        />
        <TextField
          label="标题文字"
          value={block.title}
          onValue={(title) => onBlock({ ...block, title })}
          maxLength={100}
          error={block.title.trim() === '' ? '请写标题，或删除这一块' : undefined}
        />
      </div>
      <TextArea
        label="标题后的文字（可不写）"
        rows={2}
        value={block.text}
        onValue={(text) => onBlock({ ...block, text })}
        maxLength={4000}
      />
    </>
  );
};
