package io.github.costwise.testsupport;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/**
 * Parts as containers, when an engine answers and Testcontainers is on the class path.
 */
final class DockerParts {

	private DockerParts() {
	}

	static Containers get() throws IOException {
		EnvironmentParts environment = EnvironmentParts.system();
		if (environment.get("DOCKER_HOST") == null) {
			knock(Path.of("/var/run/docker.sock"));
		}
		try {
			Class.forName("org.testcontainers.containers.GenericContainer");
		}
		catch (ClassNotFoundException ex) {
			throw new IOException("Testcontainers is not on the class path", ex);
		}
		return new Containers();
	}

	private static void knock(Path socket) throws IOException {
		try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
			channel.connect(UnixDomainSocketAddress.of(socket));
		}
		catch (IOException ex) {
			throw new IOException("no engine answers at " + socket, ex);
		}
	}

	/** Only loaded when Testcontainers is there. */
	static final class Containers {

		String postgres() {
			var container = start("pgvector/pgvector:0.8.1-pg18", 5432, "POSTGRES_HOST_AUTH_METHOD", "trust");
			return "jdbc:postgresql://" + container + "/postgres?user=postgres";
		}

		String mariaDb() {
			var container = start("mariadb:11.4", 3306, "MARIADB_ALLOW_EMPTY_ROOT_PASSWORD", "1");
			return "jdbc:mariadb://" + container + "/?user=root";
		}

		URI redisStack() {
			return URI.create("redis://" + start("redis/redis-stack-server:7.4.0-v3", 6379, "REDIS_ARGS", "--save ''"));
		}

		URI redis() {
			return URI.create("redis://" + start("redis:7.4", 6379, "TZ", "UTC"));
		}

		private static String start(String image, int port, String variable, String value) {
			var container = new org.testcontainers.containers.GenericContainer<>(image).withExposedPorts(port)
				.withEnv(variable, value);
			container.start();
			return container.getHost() + ":" + container.getMappedPort(port);
		}

	}

}
