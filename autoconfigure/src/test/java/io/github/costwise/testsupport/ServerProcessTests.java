package io.github.costwise.testsupport;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

/**
 * Tests for {@link ServerProcess}.
 */
@EnabledOnOs({ OS.LINUX, OS.MAC })
@Tag("chain")
class ServerProcessTests {

	private static final List<String> WAITS = List.of("sh", "-c", "echo is ready; exec tail -f /dev/null");

	@Test
	void stopsWhatItStarted() throws Exception {
		ServerProcess server = ServerProcess.start(spec((port) -> WAITS));
		ProcessHandle handle = ProcessHandle.of(server.pid()).orElseThrow();
		List<ProcessHandle> started = handle.descendants().toList();
		assertThat(started).isNotEmpty();
		server.stop();
		assertThat(server.alive()).isFalse();
		for (ProcessHandle process : started) {
			process.onExit().get(10, TimeUnit.SECONDS);
		}
	}

	@Test
	void takesAnotherPortWhenTheFirstIsTaken() throws Exception {
		AtomicInteger attempts = new AtomicInteger();
		ServerProcess server = ServerProcess.start(spec((port) -> (attempts.incrementAndGet() < 3)
				? List.of("sh", "-c", "echo bind: Address already in use; exit 1") : WAITS));
		server.stop();
		assertThat(attempts).hasValue(3);
	}

	@Test
	void showsWhatTheServerSaidWhenItDoesNotStart() {
		assertThatIOException()
			.isThrownBy(() -> ServerProcess.start(spec((port) -> List.of("sh", "-c", "echo no such module; exit 1"))))
			.withMessageContaining("probe did not start")
			.withMessageContaining("no such module");
	}

	private static ServerProcess.Spec spec(IntFunction<List<String>> command) {
		return new ServerProcess.Spec("probe", command, Map.of(), "is ready", "TERM", Duration.ofSeconds(20));
	}

}
