package io.github.costwise.testsupport;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/** Runs a command to its end. */
final class Commands {

	private static final int SHOWN = 2000;

	private Commands() {
	}

	static String run(Duration limit, String... command) throws IOException, InterruptedException {
		return run(limit, List.of(command));
	}

	static String run(Duration limit, List<String> command) throws IOException, InterruptedException {
		Path log = Files.createTempFile("costwise-command", ".log");
		try {
			ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
			builder.environment().put("LC_ALL", "C");
			Process process = builder.start();
			process.getOutputStream().close();
			if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
				process.descendants().forEach(ProcessHandle::destroyForcibly);
				process.destroyForcibly();
				throw new IOException(command.get(0) + " took longer than " + limit);
			}
			String output = Files.readString(log);
			if (process.exitValue() != 0) {
				throw new IOException(String.join(" ", command) + " failed: " + tail(output));
			}
			return output;
		}
		finally {
			Files.deleteIfExists(log);
		}
	}

	static String tail(@Nullable String output) {
		String text = (output != null) ? output.strip() : "";
		return text.substring(Math.max(0, text.length() - SHOWN));
	}

	static boolean root() {
		return "root".equals(System.getProperty("user.name"));
	}

	static Map<String, String> plainLocale() {
		return Map.of("LC_ALL", "C");
	}

}
