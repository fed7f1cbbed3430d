package io.github.costwise.model;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What a catalogue knows of itself.
 *
 * @param version the version of the data
 * @param asOf the day whose prices it holds
 * @param models how many models have a row of their own
 * @param source where the data comes from
 * @param lastRefresh when it was last read again, or {@code null} if never
 * @param rejectedRows how many rows the last refresh left out
 * @param rejections why, for the first of them, or why the last refresh was refused
 * @since 0.1.0
 */
public record CatalogInfo(String version, LocalDate asOf, int models, String source, @Nullable Instant lastRefresh,
		int rejectedRows, List<String> rejections) {

	/**
	 * Returns how old the data is.
	 * @param now the present time
	 * @return the time since the start of the day whose prices it holds, in UTC; never
	 * negative
	 */
	public Duration age(Instant now) {
		Duration age = Duration.between(this.asOf.atStartOfDay(ZoneOffset.UTC), now.atOffset(ZoneOffset.UTC));
		return age.isNegative() ? Duration.ZERO : age;
	}

}
