package io.github.costwise.pricing;

import java.util.List;

/**
 * What was read from a LiteLLM price list.
 *
 * @param location where it was read
 * @param mark a mark of its content
 * @param rows the rows that make sense
 * @param rejections the entries left out, each with the reason
 */
record LiteLlmPrices(String location, String mark, List<PriceRow> rows, List<String> rejections) {

}
