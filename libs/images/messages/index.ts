/** The handler of the messages in the queue of images. */
export { imageMessages } from './image-messages.ts';
