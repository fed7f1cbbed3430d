package io.github.costwise.cache.learning;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.github.costwise.spi.LabelLog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * What every {@link LabelLog} must hold.
 */
public abstract class LabelLogContract {

	protected static final String GROUP = "0123456789abcdef";

	private static final String OTHER = "f".repeat(64);

	private LabelLog log;

	/** Returns an empty log. */
	protected abstract LabelLog create() throws Exception;

	@BeforeEach
	void createLog() throws Exception {
		this.log = create();
	}

	protected final LabelLog log() {
		return this.log;
	}

	@Test
	void groupWithoutRecordsIsEmpty() {
		LabelLog.LabelBatch batch = this.log.read(GROUP, 0, 10);
		assertThat(batch.records()).isEmpty();
		assertThat(batch.next()).isZero();
		this.log.append(GROUP, List.of());
		assertThat(this.log.read(GROUP, 0, 10).records()).isEmpty();
	}

	@Test
	void recordsAreReadInOrderAndOnce() {
		this.log.append(GROUP, records("a", "b"));
		this.log.append(GROUP, records("c"));
		LabelLog.LabelBatch first = this.log.read(GROUP, 0, 10);
		assertThat(texts(first.records())).containsExactly("a", "b", "c");
		LabelLog.LabelBatch none = this.log.read(GROUP, first.next(), 10);
		assertThat(none.records()).isEmpty();
		assertThat(none.next()).isEqualTo(first.next());
		this.log.append(GROUP, records("d"));
		LabelLog.LabelBatch later = this.log.read(GROUP, none.next(), 10);
		assertThat(texts(later.records())).containsExactly("d");
		assertThat(later.next()).isGreaterThan(first.next());
		assertThat(texts(this.log.read(GROUP, 0, 10).records())).containsExactly("a", "b", "c", "d");
	}

	@Test
	void groupsAreApart() {
		this.log.append(GROUP, records("a"));
		this.log.append(OTHER, records("b"));
		assertThat(texts(this.log.read(GROUP, 0, 10).records())).containsExactly("a");
		assertThat(texts(this.log.read(OTHER, 0, 10).records())).containsExactly("b");
	}

	@Test
	void pagesFollowOneAnother() {
		List<String> expected = IntStream.range(0, 100).mapToObj(Integer::toString).toList();
		this.log.append(GROUP, records(expected.toArray(String[]::new)));
		List<String> found = new ArrayList<>();
		long position = 0;
		for (LabelLog.LabelBatch page = this.log.read(GROUP, position, 7); !page.records().isEmpty(); page = this.log
			.read(GROUP, position, 7)) {
			assertThat(page.records()).hasSizeLessThanOrEqualTo(7);
			found.addAll(texts(page.records()));
			position = page.next();
		}
		assertThat(found).isEqualTo(expected);
	}

	@Test
	void bytesAreKeptAsTheyAre() {
		byte[] record = new byte[100_000];
		new Random(3).nextBytes(record);
		byte[] given = record.clone();
		this.log.append(GROUP, List.of(given, new byte[] { 0 }, new byte[] { -1, 0, 10, 13 }));
		Arrays.fill(given, (byte) 7);
		this.log.read(GROUP, 0, 1).records().get(0)[0]++;
		assertThat(this.log.read(GROUP, 0, 10).records()).containsExactly(record, new byte[] { 0 },
				new byte[] { -1, 0, 10, 13 });
	}

	@Test
	void latestRecordsAreKeptAndOldPositionsStayValid() {
		this.log.append(GROUP, records("first", "second"));
		long early = this.log.read(GROUP, 0, 1).next();
		int count = LabelLog.KEPT + LabelLog.KEPT / 2;
		for (int from = 0; from < count; from += 1000) {
			this.log.append(GROUP,
					records(IntStream.range(from, from + 1000).mapToObj(Integer::toString).toArray(String[]::new)));
		}
		LabelLog.LabelBatch kept = this.log.read(GROUP, early, Integer.MAX_VALUE);
		assertThat(kept.records()).hasSizeBetween(LabelLog.KEPT, LabelLog.KEPT + LabelLog.KEPT / 3);
		assertThat(texts(kept.records()))
			.isEqualTo(IntStream.range(count - kept.records().size(), count).mapToObj(Integer::toString).toList());
		assertThat(texts(this.log.read(GROUP, 0, Integer.MAX_VALUE).records())).isEqualTo(texts(kept.records()));
		this.log.append(GROUP, records("last"));
		assertThat(texts(this.log.read(GROUP, kept.next(), 10).records())).containsExactly("last");
	}

	@Test
	void readersMissNothingThatIsAppendedAtTheSameTime() throws Exception {
		this.log.append(GROUP, records("begin"));
		ExecutorService threads = Executors.newFixedThreadPool(4);
		try {
			List<Future<?>> writers = new ArrayList<>();
			for (int writer = 0; writer < 4; writer++) {
				String name = "w" + writer + ":";
				writers.add(threads.submit(() -> append(name)));
			}
			List<String> found = new ArrayList<>();
			long position = 0;
			boolean more = true;
			while (more) {
				boolean written = writers.stream().allMatch(Future::isDone);
				LabelLog.LabelBatch batch = this.log.read(GROUP, position, 100);
				found.addAll(texts(batch.records()));
				position = batch.next();
				more = !written || !batch.records().isEmpty();
			}
			for (Future<?> writer : writers) {
				writer.get();
			}
			assertThat(found).hasSize(1 + 4 * 300).doesNotHaveDuplicates();
			assertThat(found.stream().filter((text) -> text.startsWith("w2:")))
				.containsExactlyElementsOf(IntStream.range(0, 300).mapToObj((i) -> "w2:" + i).toList());
		}
		finally {
			threads.shutdownNow();
		}
	}

	private void append(String name) {
		for (int i = 0; i < 300; i += 3) {
			this.log.append(GROUP, records(name + i, name + (i + 1), name + (i + 2)));
		}
	}

	@Test
	void groupsAreNamedByDigests() {
		for (String wrong : List.of("", "0123456789abcde", "0123456789ABCDEF", "0123456789abcdeg", "0".repeat(65))) {
			assertThatIllegalArgumentException().isThrownBy(() -> this.log.append(wrong, records("a")));
			assertThatIllegalArgumentException().isThrownBy(() -> this.log.read(wrong, 0, 1));
		}
	}

	protected static List<byte[]> records(String... texts) {
		return Arrays.stream(texts).map((text) -> text.getBytes(StandardCharsets.UTF_8)).toList();
	}

	protected static List<String> texts(Collection<byte[]> records) {
		return records.stream()
			.map((record) -> new String(record, StandardCharsets.UTF_8))
			.collect(Collectors.toList());
	}

}
