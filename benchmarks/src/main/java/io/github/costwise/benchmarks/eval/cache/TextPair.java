package io.github.costwise.benchmarks.eval.cache;

/**
 * Two texts of which it is known whether they may share an answer.
 *
 * @param stored the text that was asked first
 * @param asked the text that is asked next
 * @param same whether they may
 * @param kind what kind of pair it is
 * @since 0.1.0
 */
public record TextPair(String stored, String asked, boolean same, String kind) {

}
