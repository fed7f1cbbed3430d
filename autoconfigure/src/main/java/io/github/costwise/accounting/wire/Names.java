package io.github.costwise.accounting.wire;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

/** Names that are looked for, found without making a text of each name that passes. */
final class Names {

	private final String[] names;

	private final byte[][] bytes;

	Names(String... names) {
		this.names = names;
		this.bytes = Stream.of(names)
			.map((name) -> name.getBytes(StandardCharsets.US_ASCII))
			.toArray((count) -> new byte[count][]);
	}

	/** Returns the name that the bytes are, or the empty text for none of them. */
	String of(KeptBytes found) {
		for (int i = 0; i < this.names.length; i++) {
			if (found.isSame(this.bytes[i])) {
				return this.names[i];
			}
		}
		return "";
	}

}
