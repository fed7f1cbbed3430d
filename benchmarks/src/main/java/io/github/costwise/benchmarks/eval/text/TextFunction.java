package io.github.costwise.benchmarks.eval.text;

import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * Something that reads a text.
 *
 * @param name what it is
 * @param use reads a text, and returns what must not be optimised away
 * @since 0.1.0
 */
public record TextFunction(String name, Function<String, @Nullable Object> use) {

}
