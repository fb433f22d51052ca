export { imageMessages } from './image-messages.ts';
