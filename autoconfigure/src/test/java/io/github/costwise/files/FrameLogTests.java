package io.github.costwise.files;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of {@link FrameLog}.
 */
@Tag("thorough")
class FrameLogTests {

	private static final FileHeader HEADER = new FileHeader("tests", "shop");

	private static final List<String> TEXTS = List.of("first", "second", "third", "fourth");

	@TempDir
	private Path folder;

	private Path path() {
		return this.folder.resolve("log");
	}

	@Test
	void givesBackWhatWasAppended() throws IOException {
		write(TEXTS);
		assertThat(read()).isEqualTo(new Found(TEXTS, new FrameLog.Replay(0, false)));
		write(List.of("fifth"));
		assertThat(read().texts()).hasSize(5).endsWith("fifth");
	}

	@Test
	void whatWasCutOffIsDroppedAndNothingElse() throws IOException {
		write(TEXTS);
		byte[] whole = Files.readAllBytes(path());
		for (int length = 0; length < whole.length; length++) {
			Files.write(path(), Arrays.copyOf(whole, length));
			Found found = read();
			assertThat(found.replay().damaged()).as("cut at %d", length).isZero();
			assertThat(found.texts()).isEqualTo(TEXTS.subList(0, found.texts().size()));
			write(List.of("next"));
			assertThat(read().texts()).hasSize(found.texts().size() + 1).endsWith("next");
		}
	}

	@Test
	void everyFlippedBitIsNoticedAndCostsOneFrameAtTheMost() throws IOException {
		write(TEXTS);
		byte[] whole = Files.readAllBytes(path());
		for (int bit = 0; bit < 8 * whole.length; bit++) {
			byte[] damaged = whole.clone();
			damaged[bit / 8] ^= (byte) (1 << bit % 8);
			Files.write(path(), damaged);
			Found found = read();
			assertThat(found.replay().damaged()).as("bit %d", bit).isOne();
			assertThat(found.texts()).as("bit %d", bit)
				.hasSizeGreaterThanOrEqualTo(bit / 8 < FileHeader.BYTES ? 4 : 3)
				.isSubsetOf(TEXTS);
		}
	}

	@Test
	void zerosAndGarbageAtTheEndAreDamage() throws IOException {
		for (byte[] end : List.of(new byte[4096], "no frame stands here".getBytes(StandardCharsets.UTF_8))) {
			Files.deleteIfExists(path());
			write(TEXTS);
			byte[] whole = Files.readAllBytes(path());
			byte[] longer = Arrays.copyOf(whole, whole.length + end.length);
			System.arraycopy(end, 0, longer, whole.length, end.length);
			Files.write(path(), longer);
			assertThat(read()).isEqualTo(new Found(TEXTS, new FrameLog.Replay(1, false)));
		}
	}

	@Test
	void nextFrameIsFoundFarBehindADamagedHead() throws IOException {
		write(List.of("a", "x".repeat(300_000), "b"));
		try (RandomAccessFile file = new RandomAccessFile(path().toFile(), "rw")) {
			file.seek(FileHeader.BYTES + 13);
			file.write(new byte[] { 1, 2, 3, 4 });
		}
		assertThat(read()).isEqualTo(new Found(List.of("a", "b"), new FrameLog.Replay(1, false)));
	}

	@Test
	void interruptNeitherEndsTheFileNorIsItLost() throws IOException {
		try (FrameLog log = FrameLog.open(path(), HEADER)) {
			Thread.currentThread().interrupt();
			log.append(List.of(bytes("one")));
			log.force();
			log.read(log.start());
			log.replay((frame) -> {
			});
			assertThat(Thread.interrupted()).isTrue();
			log.append(List.of(bytes("two")));
			Thread.currentThread().interrupt();
		}
		Thread.currentThread().interrupt();
		assertThat(read().texts()).containsExactly("one", "two");
		assertThat(Thread.interrupted()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "Dear customer", "{\"rows\": []}", "C", "COSTWISE", "x", "SQLite format 3\0" })
	void fileOfSomethingElseIsLeftAsItIs(String text) throws IOException {
		for (String content : List.of(text, text + "\0".repeat(300), text.repeat(100))) {
			if ("COSTWISE FRAMES\n".startsWith(content)) {
				continue;
			}
			Files.writeString(path(), content);
			assertThatExceptionOfType(ForeignFileException.class).isThrownBy(() -> FrameLog.open(path(), HEADER));
			assertThat(Files.readString(path())).isEqualTo(content);
		}
	}

	@Test
	void fileOfAnotherApplicationPurposeOrVersionIsLeftAsItIs() throws IOException {
		write(TEXTS);
		byte[] whole = Files.readAllBytes(path());
		assertThatExceptionOfType(ForeignFileException.class)
			.isThrownBy(() -> FrameLog.open(path(), new FileHeader("tests", "desk")))
			.withMessage("it belongs to the application 'shop', not to the application 'desk'");
		assertThatExceptionOfType(ForeignFileException.class)
			.isThrownBy(() -> FrameLog.open(path(), new FileHeader("tests", "")))
			.withMessageContaining("not to an application without a name");
		assertThatExceptionOfType(ForeignFileException.class)
			.isThrownBy(() -> FrameLog.open(path(), new FileHeader("other", "shop")))
			.withMessage("it holds tests instead of other");
		assertThat(Files.readAllBytes(path())).isEqualTo(whole);
	}

	@Test
	void namesOfAnyLengthFit() throws IOException {
		FileHeader header = new FileHeader("tests", "\u00e4".repeat(500));
		try (FrameLog log = FrameLog.open(path(), header)) {
			log.append(List.of(bytes("one")));
		}
		try (FrameLog log = FrameLog.open(path(), header)) {
			assertThat(log.replay((frame) -> {
			})).isEqualTo(new FrameLog.Replay(0, false));
		}
	}

	@Test
	void emptyFileIsTakenAndHasNoHeaderUntilTheFirstFrame() throws IOException {
		Files.createFile(path());
		FrameLog.open(path(), HEADER).close();
		assertThat(path()).isEmptyFile();
		write(TEXTS);
		try (FrameLog log = FrameLog.open(path(), HEADER)) {
			log.clear();
		}
		assertThat(path()).isEmptyFile();
	}

	@Test
	void frameThatIsTooLongChangesNothing() throws IOException {
		write(TEXTS);
		try (FrameLog log = FrameLog.open(path(), HEADER)) {
			assertThatExceptionOfType(IOException.class)
				.isThrownBy(() -> log.append(List.of(bytes("fine"), new byte[Frame.MOST + 1])));
			assertThatExceptionOfType(IOException.class).isThrownBy(() -> log.append(List.of(new byte[0])));
		}
		assertThat(read().texts()).isEqualTo(TEXTS);
	}

	@Test
	void oneProcessHasALockedFile() throws IOException {
		try (FrameLog log = FrameLog.openLocked(path(), HEADER)) {
			assertThat(log).isNotNull();
			assertThat(FrameLog.openLocked(path(), HEADER)).isNull();
		}
		FrameLog again = FrameLog.openLocked(path(), HEADER);
		assertThat(again).isNotNull();
		again.close();
	}

	private void write(List<String> texts) throws IOException {
		try (FrameLog log = FrameLog.open(path(), HEADER)) {
			for (String text : texts) {
				log.append(List.of(bytes(text)));
			}
		}
	}

	private Found read() throws IOException {
		List<String> texts = new ArrayList<>();
		try (FrameLog log = FrameLog.open(path(), HEADER)) {
			FrameLog.Replay replay = log.replay((frame) -> texts.add(new String(frame, StandardCharsets.UTF_8)));
			return new Found(texts, replay);
		}
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	private record Found(List<String> texts, FrameLog.Replay replay) {

	}

}
