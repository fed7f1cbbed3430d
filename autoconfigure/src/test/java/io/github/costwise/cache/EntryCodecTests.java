package io.github.costwise.cache;

import java.util.Arrays;
import java.util.Set;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.github.costwise.model.CacheEntry;
import io.github.costwise.model.CacheVector;
import io.github.costwise.spi.CacheStoreException;
import io.github.costwise.spi.CacheStoreException.StoreReason;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of {@link EntryCodec} and {@link EntryBody}.
 */
@Tag("unit")
class EntryCodecTests {

	@Test
	void fixedPartCanBeReadInPlace() {
		CacheEntry entry = CacheEntries.entry("p", "q", CacheEntries.vector(1));
		byte[] body = EntryBody.encode(entry);
		assertThat(String.format("%016x%016x", EntryBody.idHigh(body), EntryBody.idLow(body))).isEqualTo(entry.id());
		assertThat(String.format("%016x", EntryBody.group(body))).isEqualTo(entry.group());
		assertThat(EntryBody.expiresAt(body)).isEqualTo(entry.expiresAt().toEpochMilli());
		assertThat(EntryBody.dimension(body)).isEqualTo(CacheEntries.DIMENSION);
		assertThat(CacheVector.cosine(CacheEntries.vector(1), body, EntryBody.CODES)).isGreaterThan(.9999);
	}

	@Test
	void otherVersionsAreRefused() {
		byte[] bytes = EntryCodec.encode(CacheEntries.entry("p", "q", null));
		bytes[0] = EntryBody.VERSION - 1;
		assertRefused(bytes);
		byte[] body = EntryBody.encode(CacheEntries.entry("p", "q", null));
		body[0] = EntryBody.VERSION - 1;
		assertThatExceptionOfType(CacheStoreException.class)
			.isThrownBy(() -> EntryBody.decode(body, CacheEntries.partition("p"), Set.of()))
			.withMessageContaining("version " + (EntryBody.VERSION - 1))
			.returns(StoreReason.UNREADABLE, CacheStoreException::reason);
	}

	@Test
	void whatIsCutOffOrLongerIsRefused() {
		byte[] bytes = EntryCodec.encode(CacheEntries.entry("p", "question", CacheEntries.vector(3)));
		for (int length = 0; length < bytes.length; length++) {
			assertRefused(Arrays.copyOf(bytes, length));
		}
		assertRefused(Arrays.copyOf(bytes, bytes.length + 1));
	}

	@Test
	void textsAppearInNoDescription() {
		CacheEntry entry = CacheEntries.entry("p", "secret question", null);
		assertThat(entry.toString() + entry.answer() + entry.answer().given().parts().toList())
			.doesNotContain("secret");
	}

	private static void assertRefused(byte[] bytes) {
		assertThatExceptionOfType(CacheStoreException.class).isThrownBy(() -> EntryCodec.decode(bytes))
			.returns(StoreReason.UNREADABLE, CacheStoreException::reason);
	}

}
