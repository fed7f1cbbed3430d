package io.github.costwise.cache.memory;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

import io.github.costwise.cache.CacheEntries;
import io.github.costwise.cache.TestClock;

/** A process that dies without closing its log of labels. */
final class KilledLabels {

	static final String GROUP = "0123456789abcdef";

	static final int RECORDS = 300;

	static final int EXIT = 9;

	private KilledLabels() {
	}

	public static void main(String[] args) {
		FileLabelLog log = FileLabelLog.open(Path.of(args[0]), new TestClock(CacheEntries.NOW));
		for (int i = 0; i < RECORDS; i++) {
			log.append(GROUP, List.of(Integer.toString(i).getBytes(StandardCharsets.UTF_8)));
		}
		Runtime.getRuntime().halt(EXIT);
	}

}
