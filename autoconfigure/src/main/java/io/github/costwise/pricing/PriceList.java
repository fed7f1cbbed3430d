package io.github.costwise.pricing;

import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A price list as it was read.
 *
 * @param rows the rows that make sense, each of them checked by itself
 * @param rejections the entries left out, each with the reason
 * @since 0.1.0
 */
public record PriceList(List<PriceRow> rows, List<String> rejections) {

	/**
	 * Reads a price list: in LiteLLM's format when it begins with a brace, else in the
	 * catalogue's own.
	 * @param name the name of the file, for messages
	 * @param text the list in UTF-8
	 * @return the list
	 * @throws io.github.costwise.spi.CatalogFormatException if it cannot be read, with
	 * the line where that shows
	 */
	public static PriceList read(String name, byte[] text) {
		String list = new String(text, StandardCharsets.UTF_8);
		if (list.stripLeading().startsWith("{")) {
			LiteLlmPrices prices = LiteLlmReader.read(name, text);
			return new PriceList(prices.rows(), prices.rejections());
		}
		CatalogFile file = CatalogFile.read(name, new StringReader(list));
		return new PriceList(file.entries().stream().map(CatalogEntry::row).toList(), List.of());
	}

}
