package io.github.costwise.routing.calibration;

import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.costwise.CostwiseConfigurationException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@Tag("unit")
class LabelFileTests {

	@TempDir
	private Path folder;

	@Test
	void whatIsAppendedIsRead() {
		LabelFile file = new LabelFile(this.folder.resolve("labels"), 10_000);
		LabelledRequest quoted = new LabelledRequest("Say \"hi\"\nand \u00fc", null, 0, 1);
		LabelledRequest plain = new LabelledRequest("Why?", null, 0.25, 0.5);
		assertThat(file.append(quoted)).isTrue();
		assertThat(file.append(plain)).isTrue();
		assertThat(file.read()).containsExactly(quoted, plain);
	}

	@Test
	void fullFileTakesNoMore() {
		LabelFile file = new LabelFile(this.folder.resolve("labels"), 50);
		int appended = 0;
		while (file.append(new LabelledRequest("a question", null, 0, 1))) {
			appended++;
		}
		assertThat(appended).isEqualTo(2);
		assertThat(file.read()).hasSize(2);
	}

	@ParameterizedTest
	@ValueSource(strings = { "{", "[]", "{\"text\":1,\"weak\":0,\"strong\":1}", "{\"text\":\"a\",\"weak\":0}",
			"{\"text\":\"a\",\"weak\":2,\"strong\":1}" })
	void brokenLineIsNamed(String line) throws Exception {
		Path path = this.folder.resolve("labels");
		Files.writeString(path, "{\"text\":\"a\",\"weak\":0,\"strong\":1}\n" + line + "\n");
		assertThatExceptionOfType(CostwiseConfigurationException.class).isThrownBy(() -> new LabelFile(path, 1).read())
			.withMessageContaining("Label 2 ");
	}

	@Test
	void missingFileIsSaid() {
		assertThatExceptionOfType(CostwiseConfigurationException.class)
			.isThrownBy(() -> new LabelFile(this.folder.resolve("none"), 1).read());
	}

}
