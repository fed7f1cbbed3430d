package io.github.costwise.benchmarks.eval.cache;

/**
 * A request of a stream.
 *
 * @param text what is asked
 * @param answer stands for the right answer: equal if and only if two requests may share
 * one
 * @since 0.1.0
 */
public record StreamRequest(String text, String answer) {

}
