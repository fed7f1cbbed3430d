package io.github.costwise.cache.memory;

import io.github.costwise.CostwiseConfigurationException;

/**
 * How much an in-process store holds.
 *
 * @param maxEntries most entries, from 1
 * @param maxBytes most memory that entries may take, estimated, from 64 KiB
 * @since 0.1.0
 */
public record MemoryStoreSettings(long maxEntries, long maxBytes) {

	private static final long LEAST_BYTES = 64L << 10;

	/**
	 * Checks the values.
	 * @throws CostwiseConfigurationException if a value is out of its range
	 */
	public MemoryStoreSettings {
		require("max-entries", maxEntries, 1);
		require("max-size", maxBytes, LEAST_BYTES);
	}

	/**
	 * Returns the defaults: 100,000 entries and 256 MiB.
	 * @return the settings
	 */
	public static MemoryStoreSettings defaults() {
		return new MemoryStoreSettings(100_000, 256L << 20);
	}

	private static void require(String name, long value, long least) {
		if (value < least) {
			String property = "costwise.cache.memory." + name;
			throw new CostwiseConfigurationException(property + " is " + value + ".",
					"Set " + property + " to " + least + " or more.");
		}
	}

}
