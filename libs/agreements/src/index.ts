export {
  unitsOf,
  type AgreementStatus,
  type AgreementTerms,
  type Catalogue,
  type NeverShared,
  type SharedFunction,
} from './catalogue.ts';
export { parseCatalogue } from './parse-catalogue.ts';
export { deriveAgreements, type Agreement, type Delegation } from './agreement.ts';
export { localPolicingIsNeverShared, onlyAnAgreedForceMaySubmit, type Judgement } from './rules.ts';
