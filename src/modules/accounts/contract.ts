import { administrationContract } from './administration/contract.ts';
import { auditLogContract } from './audit-log/contract.ts';
import { passwordContract } from './password/contract.ts';
import { securityContract } from './security/contract.ts';
import { sessionContract } from './session/contract.ts';
import { signInContract } from './sign-in/contract.ts';

export const accountsContract = {
  ...signInContract,
  ...sessionContract,
  ...passwordContract,
  ...administrationContract,
  ...securityContract,
  ...auditLogContract,
};
