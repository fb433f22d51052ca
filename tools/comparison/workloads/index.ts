export { type Account, type LoggedIn, logIn, registerAccounts } from './accounts.ts';
export { UnexpectedAnswer } from './answers.ts';
export { type Assortment, type Product, readAssortment } from './assortment.ts';
export {
  CONFIRMATION_POLL_MS,
  JOURNEY_STEPS,
  Journey,
  type JourneyFixtures,
  type JourneyStep,
  type Order,
  type PlacedOrder,
  type Step,
} from './journey.ts';
export { unmadePictures } from './pictures.ts';
export { prepareJourney } from './prepare-journey.ts';
export { type ShopAnswer, ShopConnection, type ShopRequest } from './shop-connection.ts';
