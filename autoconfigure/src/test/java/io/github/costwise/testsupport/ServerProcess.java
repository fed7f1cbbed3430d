package io.github.costwise.testsupport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/**
 * A server that lives no longer than this JVM, however that ends: a small shell waits for
 * the end of its standard input and then stops exactly the process that it started.
 */
final class ServerProcess {

	private static final String GUARD = "signal=$1; shift; exec 3<&0; \"$@\" </dev/null 3<&- & server=$!; "
			+ "(read -r _ <&3; kill -s \"$signal\" $server) & guard=$!; wait $server; status=$?; "
			+ "kill $guard 2>/dev/null; exit $status";

	private static final int ATTEMPTS = 5;

	private static final long POLL_MILLIS = 20;

	private final Process process;

	private final int port;

	private final Path log;

	private ServerProcess(Process process, int port, Path log) {
		this.process = process;
		this.port = port;
		this.log = log;
	}

	/**
	 * Start a server on a free port of 127.0.0.1 and wait until it says that it is ready.
	 * @param spec what to start
	 * @return the running server
	 * @throws IOException if it does not get ready in time
	 * @throws InterruptedException if this thread is interrupted
	 */
	static ServerProcess start(Spec spec) throws IOException, InterruptedException {
		for (int attempt = 1;; attempt++) {
			ServerProcess server = launch(spec, freePort());
			if (server.awaitReady(spec)) {
				Shutdown.add(() -> server.stop());
				return server;
			}
			String output = server.output();
			server.stop();
			if (attempt == ATTEMPTS || !output.toLowerCase(Locale.ROOT).contains("address already in use")) {
				throw new IOException(spec.name() + " did not start: " + Commands.tail(output));
			}
		}
	}

	/**
	 * Start a server again on the port that it had.
	 * @param spec what to start
	 * @param port the port
	 * @return the running server
	 * @throws IOException if it does not get ready in time
	 * @throws InterruptedException if this thread is interrupted
	 */
	static ServerProcess startOn(Spec spec, int port) throws IOException, InterruptedException {
		ServerProcess server = launch(spec, port);
		if (!server.awaitReady(spec)) {
			String output = server.output();
			server.stop();
			throw new IOException(spec.name() + " did not start again: " + Commands.tail(output));
		}
		Shutdown.add(() -> server.stop());
		return server;
	}

	/** Sends a signal to the server itself, not to the shell that guards it. */
	void signal(String name) throws IOException, InterruptedException {
		long server = this.process.children()
			.filter((child) -> !child.info().command().orElse("").endsWith("sh"))
			.findFirst()
			.orElseThrow(() -> new IOException("The server has ended"))
			.pid();
		new ProcessBuilder("kill", "-s", name, String.valueOf(server)).start().waitFor();
	}

	int port() {
		return this.port;
	}

	long pid() {
		return this.process.pid();
	}

	boolean alive() {
		return this.process.isAlive();
	}

	void stop() {
		try {
			this.process.getOutputStream().close();
			if (!this.process.waitFor(10, TimeUnit.SECONDS)) {
				this.process.descendants().forEach(ProcessHandle::destroyForcibly);
				this.process.destroyForcibly().waitFor();
			}
			Files.deleteIfExists(this.log);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static ServerProcess launch(Spec spec, int port) throws IOException {
		Path log = Files.createTempFile("costwise-" + spec.name(), ".log");
		List<String> command = new ArrayList<>(List.of("sh", "-c", GUARD, "guard", spec.signal()));
		command.addAll(spec.command().apply(port));
		ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
		builder.environment().putAll(spec.environment());
		return new ServerProcess(builder.start(), port, log);
	}

	private boolean awaitReady(Spec spec) throws IOException, InterruptedException {
		long deadline = System.nanoTime() + spec.limit().toNanos();
		while (System.nanoTime() < deadline) {
			if (output().contains(spec.ready())) {
				return true;
			}
			if (this.process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
				return false;
			}
		}
		return false;
	}

	private String output() throws IOException {
		return Files.readString(this.log);
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

	/**
	 * What to start.
	 *
	 * @param name for messages and files
	 * @param command the command line for a port
	 * @param environment added to this JVM's environment
	 * @param ready what the server prints when it accepts connections
	 * @param signal the signal that ends the server at once but orderly
	 * @param limit how long to wait for it
	 */
	record Spec(String name, IntFunction<List<String>> command, Map<String, String> environment, String ready,
			String signal, Duration limit) {
	}

}
