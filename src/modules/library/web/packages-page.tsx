import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { chinaDay, chineseDate } from '#platform/dates.ts';
import { isId } from '#platform/ids.ts';
import { useMe } from '#web/session.tsx';
import { Button, ButtonLink } from '#web/ui/button.tsx';
import { DataTable } from '#web/ui/data-table.tsx';
import { SelectField } from '#web/ui/field.tsx';
import { FileUpload } from '#web/ui/file-upload.tsx';
import { Badge, Figure, Page as Frame, Panel, type Tone } from '#web/ui/page.tsx';
import { Empty, Failure, Loaded, Loading, Problem } from '#web/ui/states.tsx';
import type { TakeUpload } from '#web/upload-runner.ts';
import { useAction } from '#web/use-action.ts';
import type { PackagePlan } from '../package/contract.ts';
import { type PackageStatus, packageStatuses, packageStatusLabels } from '../package/vocabulary/contract.ts';
import { itemKindLabels } from '../vocabulary/contract.ts';
import { library } from './parts/api.ts';
import { useAddress } from './parts/use-address.ts';
import '#modules/organisation/web/organisation.css';

const district = 'district';

export const Page = (): ReactNode => {
  const query = useQuery(library.query.packageTargets.queryOptions({ input: {} }));
  return (
    <Frame
      title="资源包导入"
      back={{ to: '/library', label: '研训资源库' }}
      lead="选择从别的区、别的学校下载的资源包（.zip）。先看预览，再一次写入；已有的不会重复，也不会被改掉。"
    >
      <Loaded query={query}>{(targets) => <Bring {...targets} />}</Loaded>
    </Frame>
  );
};

interface Targets {
  readonly district: boolean;
  readonly schools: readonly { readonly id: string; readonly name: string }[];
}

const Bring = ({ district: forDistrict, schools }: Targets): ReactNode => {
  const me = useMe();
  const choices = [
    ...(forDistrict ? [{ value: district, label: '区级资源（全区可见）' }] : []),
    ...schools.map(({ id, name }) => ({ value: id, label: `${name}自己的资源` })),
  ];
  // In the address, so that what was sent is there again after a reload.
  const { said, go } = useAddress();
  const navigate = useNavigate();
  const target = choices.find(({ value }) => value === said('for'))?.value ?? choices[0]?.value ?? district;
  const uploadId = isId(said('upload')) ? said('upload') : null;
  const [take] = useState(() => (arrived: Parameters<TakeUpload>[0]): Promise<unknown> => {
    // The queue has yet to note that it was taken.
    setTimeout(
      () =>
        void navigate({
          to: '.',
          search: (before: object) => ({ ...before, upload: arrived.uploadId }),
          resetScroll: false,
        }),
    );
    return Promise.resolve();
  });
  const schoolId = target === district ? null : target;
  return (
    <>
      <Panel>
        {choices.length > 1 ? (
          <SelectField
            label="导入为"
            value={target}
            choices={choices}
            onValue={(value) => go({ for: value })}
          />
        ) : (
          <p>导入为：{choices[0]?.label}</p>
        )}
        <FileUpload
          key={uploadId ?? ''}
          accountId={me.accountId}
          label="选择资源包（.zip）"
          hint="从“下载资源包”得到的原文件，不超过 4 GB；传完就显示预览，预览不会写入。"
          take={take}
          multiple={false}
        />
      </Panel>
      {uploadId === null ? null : (
        <Preview key={`${uploadId} ${target}`} uploadId={uploadId} schoolId={schoolId} />
      )}
    </>
  );
};

interface PreviewProps {
  readonly uploadId: string;
  readonly schoolId: string | null;
}

const Preview = ({ uploadId, schoolId }: PreviewProps): ReactNode => {
  const input = { uploadId, schoolId };
  const apply = useAction(library.client.applyPackage, { done: '已导入。' });
  const query = useQuery(
    library.query.previewPackage.queryOptions({
      input,
      retry: false,
      staleTime: Number.POSITIVE_INFINITY,
      enabled: apply.data === undefined && !apply.isPending,
    }),
  );
  const plan = apply.data ?? query.data;
  if (plan === undefined)
    return query.isError ? (
      <Failure error={query.error} retry={() => void query.refetch()} />
    ) : (
      <Loading label="正在核对包里的每个文件…" />
    );
  const waiting = plan.counts.new + plan.counts.newer;
  return (
    <Panel title={apply.data === undefined ? '预览' : '导入结果'}>
      {apply.data === undefined ? (
        <p className="notice">
          {plan.fileName}，{plan.district} {chineseDate(chinaDay(new Date(plan.madeAt)))}{' '}
          导出。以下是预览，还没有写入。
        </p>
      ) : (
        <p className="notice notice-good" role="status">
          已写入 {waiting} 份。
        </p>
      )}
      {plan.notices.map((notice) => (
        <p key={notice} className="notice notice-warn">
          {notice}
        </p>
      ))}
      <div className="figures">
        {packageStatuses.map((status) => (
          <Figure key={status} label={packageStatusLabels[status]} value={plan.counts[status]} unit="份" />
        ))}
      </div>
      <div className="panel-actions">
        {apply.data === undefined ? (
          <Button
            variant="primary"
            size="large"
            busy={apply.isPending}
            disabled={waiting === 0}
            onClick={() => apply.mutate(input)}
          >
            {waiting === 0 ? '没有要写入的' : `导入这 ${waiting} 份`}
          </Button>
        ) : (
          <ButtonLink to="/library" variant="primary">
            去资源库看
          </ButtonLink>
        )}
      </div>
      <Problem error={apply.error} />
      <Rows plan={plan} />
    </Panel>
  );
};

const tones: Readonly<Record<PackageStatus, Tone>> = {
  new: 'good',
  newer: 'info',
  conflict: 'bad',
  older: 'neutral',
  same: 'neutral',
};

const Rows = ({ plan }: { plan: PackagePlan }): ReactNode => (
  <DataTable
    caption="包里的资源"
    rows={plan.rows}
    rowKey={({ id }) => id}
    empty={<Empty title="包里没有资源。" />}
    columns={[
      { title: '资源', lead: true, cell: ({ kind, title }) => `${itemKindLabels[kind]}：${title}` },
      {
        title: '状态',
        cell: ({ status }) => <Badge tone={tones[status]}>{packageStatusLabels[status]}</Badge>,
      },
      { title: '说明', cell: ({ sentences }) => sentences.join('') || '—' },
    ]}
  />
);
