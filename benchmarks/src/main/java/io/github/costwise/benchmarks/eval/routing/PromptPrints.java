package io.github.costwise.benchmarks.eval.routing;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.Locale;
import java.util.zip.CRC32;

/**
 * Checksums of prompts, which tell whether two sets share some without keeping any text.
 * Letter case and everything but letters and digits do not count.
 */
final class PromptPrints {

	private final int[] sorted;

	PromptPrints(int[] prints) {
		this.sorted = prints.clone();
		Arrays.sort(this.sorted);
	}

	static PromptPrints of(Collection<RoutingRow> rows) {
		return new PromptPrints(rows.stream().mapToInt((row) -> print(row.prompt())).toArray());
	}

	static PromptPrints read(String text) {
		ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(text));
		int[] prints = new int[bytes.remaining() / Integer.BYTES];
		bytes.asIntBuffer().get(prints);
		return new PromptPrints(prints);
	}

	String write() {
		ByteBuffer bytes = ByteBuffer.allocate(this.sorted.length * Integer.BYTES);
		bytes.asIntBuffer().put(this.sorted);
		return Base64.getEncoder().encodeToString(bytes.array());
	}

	boolean contains(RoutingRow row) {
		return Arrays.binarySearch(this.sorted, print(row.prompt())) >= 0;
	}

	private static int print(String prompt) {
		CRC32 checksum = new CRC32();
		String plain = prompt.toLowerCase(Locale.ROOT)
			.codePoints()
			.filter(Character::isLetterOrDigit)
			.collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
			.toString();
		checksum.update(plain.getBytes(StandardCharsets.UTF_8));
		return (int) checksum.getValue();
	}

}
