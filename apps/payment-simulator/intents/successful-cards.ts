/** By brand: https://docs.stripe.com/testing?testing-method=payment-methods#cards */
const BRANDS = [
  'visa',
  'visa_debit',
  'mastercard',
  'mastercard_debit',
  'mastercard_prepaid',
  'amex',
  'discover',
  'diners',
  'jcb',
  'unionpay',
  'visa_cartesBancaires',
  'mastercard_cartesBancaires',
  'visa_debit_eftposAuCoBranded',
  'mastercard_debit_eftposAuCoBranded',
  'debit_visaFsaProductCode',
  'debit_visaHsaProductCode',
  'mastercard_debit_mastercardFsaProductCode',
];

/** By country: https://docs.stripe.com/testing?testing-method=payment-methods#international-cards */
const COUNTRIES = [
  ...['us', 'ar', 'br', 'ca', 'cl', 'co', 'cr', 'ec', 'mx', 'pa', 'py', 'pe', 'uy'],
  ...['ae', 'ae_mastercard'],
  ...[
    'at',
    'be',
    'bg',
    'by',
    'hr',
    'cy',
    'cz',
    'dk',
    'ee',
    'fi',
    'fr',
    'de',
    'gi',
    'gr',
    'hu',
    'ie',
  ],
  ...[
    'it',
    'lv',
    'li',
    'lt',
    'lu',
    'mt',
    'nl',
    'no',
    'pl',
    'pt',
    'ro',
    'si',
    'sk',
    'es',
    'se',
    'ch',
  ],
  ...['gb', 'gb_debit', 'gb_mastercard'],
  ...['au', 'cn', 'hk', 'in', 'jp', 'my', 'nz', 'sg', 'tw', 'th_credit', 'th_debit'],
];

/**
 * Checks that fail or warn without blocking a charge, balances, and cards whose authentication is
 * optional: https://docs.stripe.com/testing?testing-method=payment-methods#fraud-prevention,
 * #available-balance and #three-ds-cards
 */
const OTHERS = [
  'riskLevelElevated',
  'cvcCheckFail',
  'avsZipFail',
  'avsLine1Fail',
  'avsFail',
  'avsUnchecked',
  'bypassPending',
  'bypassPendingInternational',
  'threeDSecureOptional',
  'threeDSecureOptionalProcessingError',
  'amex_threeDSecureNotSupported',
];

/** Test payment methods whose charges simply succeed. */
export const SUCCESSFUL_CARDS = [...BRANDS, ...COUNTRIES, ...OTHERS].map(
  (name) => `pm_card_${name}`,
);
