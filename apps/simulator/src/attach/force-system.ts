import { ClientCredentials, ForceClient, keyPath, type RetryLimits, type RunningStack } from '#client';
import { takesInsecureIssuer } from '#web';

/** A submission that is invented or read from a file; intake checks whether it is valid. */
export interface SubmissionBody {
  readonly type: string;
  readonly reference: string;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly origin?: string;
}

/** A force's system that uses REST. Everything that it sends may be repeated safely. */
export interface ForceSystem {
  readonly force: string;
  readonly rest: ForceClient;
}

export function forceSystem(force: string, stack: RunningStack, limits: RetryLimits): ForceSystem {
  const access = stack.forces[force];
  if (!access) throw new Error(`the running stack has no client for ${force}`);
  const { clientId, keyFile, resource } = access;
  const insecureIssuer = takesInsecureIssuer(process.env);
  const credentials = new ClientCredentials({
    issuer: stack.urls.identity,
    clientId,
    keyFile: keyPath(keyFile),
    resource,
    insecureIssuer,
  });
  return { force, rest: new ForceClient({ url: stack.urls.intake, credentials, limits }) };
}
