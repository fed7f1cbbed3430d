/**
 * What a model's answer consists of, and how it ended. Knows the messages of Spring AI
 * and no more.
 *
 * @since 0.1.0
 */
@org.jspecify.annotations.NullMarked
package io.github.costwise.answer;
