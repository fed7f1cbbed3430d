package io.github.costwise.cache;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.github.costwise.Money;
import io.github.costwise.Tier;
import io.github.costwise.model.AnswerMode;
import io.github.costwise.model.BilledUnit;
import io.github.costwise.model.CacheEntry;
import io.github.costwise.model.CacheLabel;
import io.github.costwise.model.CacheVector;
import io.github.costwise.model.CachedAnswer;
import io.github.costwise.model.ClientKind;
import io.github.costwise.model.PartKind;
import io.github.costwise.model.RecordedAnswer;
import io.github.costwise.model.RecordedChunk;
import io.github.costwise.model.RecordedEnd;
import io.github.costwise.model.RecordedHead;
import io.github.costwise.model.RecordedPart;
import io.github.costwise.model.TokenUsage;
import io.github.costwise.spi.CacheStoreException;
import io.github.costwise.spi.CacheStoreException.StoreReason;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests of {@link EntryCodec} with entries and damages at random. */
@Tag("thorough")
class EntryCodecSearchTests {

	private static final String[] TEXTS = { "", "a", "Grüße, 世界 \uD83D\uDE00", "x".repeat(5000), "\0\n\t|{}", "\uD83D",
			"\uDE00\uD83D \uFFFD\uD83D\uDE00\uDBFF", "\uDFFF".repeat(300) };

	@Test
	void everyEntryComesBackAsItWas() {
		Random random = new Random(42);
		for (int i = 0; i < 500; i++) {
			CacheEntry entry = entry(random);
			byte[] bytes = EntryCodec.encode(entry);
			assertThat(EntryCodec.decode(bytes)).isEqualTo(entry);
			assertThat(EntryCodec.encode(EntryCodec.decode(bytes))).isEqualTo(bytes);
		}
	}

	@Test
	void randomDamageIsRefusedOrReadNeverAnythingElse() {
		byte[] whole = EntryCodec.encode(CacheEntries.entry("p", "question", CacheEntries.vector(3)));
		Random random = new Random(7);
		for (int i = 0; i < 20_000; i++) {
			byte[] bytes = whole.clone();
			bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
			try {
				EntryCodec.decode(bytes);
			}
			catch (CacheStoreException ex) {
				assertThat(ex.reason()).isEqualTo(StoreReason.UNREADABLE);
			}
		}
	}

	private static CacheEntry entry(Random random) {
		String partition = CacheEntries.partition("" + random.nextInt());
		CacheVector vector = random.nextBoolean() ? CacheVector.of(CacheEntries.vector(random.nextLong())) : null;
		Set<CacheLabel> labels = new HashSet<>();
		IntStream.range(0, random.nextInt(6)).forEach((i) -> labels.add(CacheLabel.tag("tag " + i)));
		return new CacheEntry(CacheEntries.key("p", "" + random.nextInt()).id(), partition,
				String.format("%016x", random.nextLong()), text(random), vector, answer(random), labels,
				Instant.ofEpochMilli(random.nextLong(1L << 47)), Instant.ofEpochMilli(random.nextLong(1L << 47)));
	}

	private static CachedAnswer answer(Random random) {
		TokenUsage.UsageBuilder usage = TokenUsage.builder();
		for (BilledUnit unit : BilledUnit.values()) {
			usage.add(unit, random.nextBoolean() ? 0 : random.nextLong(1L << 60));
		}
		List<RecordedChunk> chunks = IntStream.rangeClosed(0, random.nextInt(4))
			.mapToObj((i) -> chunk(random))
			.toList();
		RecordedAnswer given = new RecordedAnswer(AnswerMode.values()[random.nextInt(2)],
				ClientKind.values()[random.nextInt(ClientKind.values().length)], chunks);
		return new CachedAnswer(given, text(random), Tier.values()[random.nextInt(Tier.values().length)], usage.build(),
				Money.ofNanos(random.nextLong()));
	}

	private static RecordedChunk chunk(Random random) {
		RecordedHead head = new RecordedHead(text(random), text(random), fields(random));
		List<RecordedPart> parts = IntStream.range(0, random.nextInt(3))
			.mapToObj((i) -> new RecordedPart(random.nextBoolean() ? PartKind.TEXT : PartKind.THOUGHT,
					random.nextBoolean() ? text(random) : null, fields(random),
					random.nextBoolean() ? new RecordedEnd(random.nextBoolean() ? text(random) : null, fields(random))
							: null))
			.toList();
		return new RecordedChunk(head, parts, random.nextBoolean());
	}

	private static Map<String, Object> fields(Random random) {
		Map<String, Object> fields = new HashMap<>();
		IntStream.range(0, random.nextInt(4)).forEach((i) -> fields.put(name(random), value(random, 3)));
		return fields;
	}

	private static String name(Random random) {
		return random.nextBoolean() ? FieldNames.at(1 + random.nextInt(30)) : text(random);
	}

	private static Object value(Random random, int depth) {
		return switch (random.nextInt((depth > 0) ? 12 : 9)) {
			case 0 -> text(random);
			case 1 -> random.nextBoolean();
			case 2 -> random.nextInt();
			case 3 -> random.nextLong();
			case 4 -> random.nextDouble();
			case 5 -> Instant.ofEpochSecond(random.nextLong(1L << 33), random.nextInt(1_000_000_000));
			case 6 -> Duration.ofNanos(random.nextLong());
			case 7 -> new BigDecimal(BigInteger.valueOf(random.nextLong()), random.nextInt(10));
			case 8 -> BigInteger.valueOf(random.nextLong());
			case 9 -> IntStream.range(0, random.nextInt(3)).mapToObj((i) -> value(random, depth - 1)).toList();
			case 10 -> fields(random);
			default -> name(random);
		};
	}

	private static String text(Random random) {
		return TEXTS[random.nextInt(TEXTS.length)];
	}

}
