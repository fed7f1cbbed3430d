package io.github.costwise.testsupport;

import java.io.File;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/** Parts that the environment names, or that are installed on the search path. */
record EnvironmentParts(Map<String, String> variables) {

	static EnvironmentParts system() {
		return new EnvironmentParts(System.getenv());
	}

	boolean ci() {
		return "true".equals(this.variables.get("CI"));
	}

	String required(String variable) {
		String value = get(variable);
		if (value == null) {
			throw new NoSuchElementException(variable + " is not set");
		}
		return value;
	}

	URI uri(String variable) {
		return URI.create(required(variable));
	}

	RealModel model() {
		String name = get("COSTWISE_TEST_LLM_MODEL");
		return new RealModel(uri("COSTWISE_TEST_LLM"), Objects.requireNonNullElse(name, LlmServer.MODEL));
	}

	RealBrowser browser() {
		return new RealBrowser(executablePath(required("COSTWISE_TEST_CHROMIUM")),
				executablePath(required("COSTWISE_TEST_CHROMEDRIVER")));
	}

	RealBrowser installedBrowser() {
		return new RealBrowser(executable("chromium", "chromium-browser", "google-chrome"), executable("chromedriver"));
	}

	Path executable(String... names) {
		return Stream.of(names)
			.flatMap((name) -> searchPath().map((folder) -> folder.resolve(name)))
			.filter(Files::isExecutable)
			.findFirst()
			.orElseThrow(() -> new NoSuchElementException(String.join(" or ", names) + " is not on the PATH"));
	}

	private Stream<Path> searchPath() {
		String path = Objects.requireNonNullElse(get("PATH"), "");
		return Pattern.compile(File.pathSeparator, Pattern.LITERAL)
			.splitAsStream(path)
			.filter((folder) -> !folder.isBlank())
			.map(Path::of);
	}

	private static Path executablePath(String text) {
		Path path = Path.of(text);
		if (!Files.isExecutable(path)) {
			throw new IllegalArgumentException(text + " is not an executable file");
		}
		return path;
	}

	@Nullable String get(String variable) {
		String value = this.variables.get(variable);
		return (value == null || value.isBlank()) ? null : value;
	}

}
