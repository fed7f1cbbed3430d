package io.github.costwise.testsupport;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.NoSuchElementException;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link EnvironmentParts}.
 */
@Tag("chain")
class EnvironmentPartsTests {

	@TempDir
	Path folder;

	@Test
	void readsAddresses() {
		EnvironmentParts parts = new EnvironmentParts(
				Map.of("COSTWISE_TEST_REDIS", "redis://host:1", "COSTWISE_TEST_LLM", "http://host/v1"));
		assertThat(parts.uri("COSTWISE_TEST_REDIS")).isEqualTo(URI.create("redis://host:1"));
		assertThat(parts.model()).isEqualTo(new RealModel(URI.create("http://host/v1"), "smollm2"));
	}

	@Test
	void anotherModelCanBeNamed() {
		EnvironmentParts parts = new EnvironmentParts(
				Map.of("COSTWISE_TEST_LLM", "http://host/v1", "COSTWISE_TEST_LLM_MODEL", "other"));
		assertThat(parts.model().name()).isEqualTo("other");
	}

	@Test
	void namesTheVariableThatIsMissing() {
		assertThatExceptionOfType(NoSuchElementException.class)
			.isThrownBy(() -> new EnvironmentParts(Map.of("COSTWISE_TEST_REDIS", " ")).uri("COSTWISE_TEST_REDIS"))
			.withMessage("COSTWISE_TEST_REDIS is not set");
	}

	@Test
	void onlyTrueIsContinuousIntegration() {
		assertThat(new EnvironmentParts(Map.of("CI", "true")).ci()).isTrue();
		assertThat(new EnvironmentParts(Map.of("CI", "false")).ci()).isFalse();
		assertThat(new EnvironmentParts(Map.of()).ci()).isFalse();
	}

	@Test
	void findsTheInstalledBrowserOnThePath() throws IOException {
		Path binary = program("chromium-browser");
		Path driver = program("chromedriver");
		EnvironmentParts parts = new EnvironmentParts(Map.of("PATH", "/nowhere:" + this.folder));
		assertThat(parts.installedBrowser()).isEqualTo(new RealBrowser(binary, driver));
	}

	@Test
	void refusesABrowserPathThatIsNoProgram() {
		EnvironmentParts parts = new EnvironmentParts(Map.of("COSTWISE_TEST_CHROMIUM", "/nowhere/chromium",
				"COSTWISE_TEST_CHROMEDRIVER", "/nowhere/chromedriver"));
		assertThatIllegalArgumentException().isThrownBy(parts::browser)
			.withMessage("/nowhere/chromium is not an executable file");
	}

	@Test
	void theCacheFolderCanBeChosen() {
		EnvironmentParts parts = new EnvironmentParts(Map.of("COSTWISE_TEST_CACHE", this.folder.toString()));
		assertThat(PackageCache.folder(parts)).isEqualTo(this.folder);
	}

	private Path program(String name) throws IOException {
		Path file = Files.createFile(this.folder.resolve(name));
		assertThat(file.toFile().setExecutable(true)).isTrue();
		return file;
	}

}
