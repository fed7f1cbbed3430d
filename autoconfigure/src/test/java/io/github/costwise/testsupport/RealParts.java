package io.github.costwise.testsupport;

import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.Map;
import java.util.UUID;

/**
 * Real servers for tests. Each is looked for when it is first asked for: an address from
 * the environment, then Docker through Testcontainers, then packages that are installed
 * once into a cache folder. What is started here listens on 127.0.0.1 on a free port, is
 * shared by everything in this JVM and ends with it. Safe for use by several threads.
 *
 * @since 0.1.0
 */
public final class RealParts {

	private static final Map<RealPart, Resolution<?>> PARTS = new EnumMap<>(RealPart.class);

	private static final Resolution<String> POSTGRES = add(RealPart.POSTGRES,
			new Resolution<String>(RealPart.POSTGRES)
				.or("environment", () -> EnvironmentParts.system().required("COSTWISE_TEST_POSTGRES"))
				.or("docker", () -> DockerParts.get().postgres())
				.or("packages", () -> PostgresServer.start(PackageCache.shared())));

	private static final Resolution<String> MARIADB = add(RealPart.MARIADB,
			new Resolution<String>(RealPart.MARIADB)
				.or("environment", () -> EnvironmentParts.system().required("COSTWISE_TEST_MARIADB"))
				.or("system",
						() -> MariaDbServer.start(EnvironmentParts.system().executable("mariadbd"),
								EnvironmentParts.system().executable("mariadb-install-db")))
				.or("docker", () -> DockerParts.get().mariaDb()));

	private static final Resolution<URI> REDIS_STACK = add(RealPart.REDIS_STACK,
			new Resolution<URI>(RealPart.REDIS_STACK)
				.or("environment", () -> EnvironmentParts.system().uri("COSTWISE_TEST_REDIS_STACK"))
				.or("docker", () -> DockerParts.get().redisStack())
				.or("packages", () -> RedisServer.stack(PackageCache.shared())));

	private static final Resolution<URI> REDIS = add(RealPart.REDIS,
			new Resolution<URI>(RealPart.REDIS)
				.or("environment", () -> EnvironmentParts.system().uri("COSTWISE_TEST_REDIS"))
				.or("system", () -> RedisServer.plain(EnvironmentParts.system().executable("redis-server")))
				.or("docker", () -> DockerParts.get().redis())
				.or("packages", () -> RedisServer.plain(PackageCache.shared())));

	private static final Resolution<URI> REDIS_6 = add(RealPart.REDIS_6,
			new Resolution<URI>(RealPart.REDIS_6)
				.or("environment", () -> EnvironmentParts.system().uri("COSTWISE_TEST_REDIS_6"))
				.or("packages", () -> RedisServer.six(PackageCache.shared())));

	private static final Resolution<URI> VALKEY = add(RealPart.VALKEY,
			new Resolution<URI>(RealPart.VALKEY)
				.or("environment", () -> EnvironmentParts.system().uri("COSTWISE_TEST_VALKEY"))
				.or("packages", () -> RedisServer.valkey(PackageCache.shared())));

	private static final Resolution<RealModel> LLM = add(RealPart.LLM,
			new Resolution<RealModel>(RealPart.LLM).or("environment", () -> EnvironmentParts.system().model())
				.or("packages", () -> LlmServer.start(PackageCache.shared())));

	private static final Resolution<RealBrowser> CHROMIUM = add(RealPart.CHROMIUM,
			new Resolution<RealBrowser>(RealPart.CHROMIUM).or("environment", () -> EnvironmentParts.system().browser())
				.or("system", () -> EnvironmentParts.system().installedBrowser()));

	private RealParts() {
	}

	/**
	 * PostgreSQL with pgvector, one database shared by all tests. Use
	 * {@link #freshPostgres()} for tables of your own.
	 * @return JDBC URL with the credentials in it
	 * @throws RealPartMissingException if there is none
	 */
	public static String postgres() {
		return POSTGRES.get();
	}

	/**
	 * An empty database on {@link #postgres()}; dropped when the JVM ends.
	 * @return JDBC URL with the credentials in it
	 * @throws RealPartMissingException if there is no PostgreSQL
	 */
	public static String freshPostgres() {
		String name = "costwise_" + UUID.randomUUID().toString().replace("-", "");
		execute("create database " + name);
		Shutdown.add(() -> execute("drop database if exists " + name + " with (force)"));
		return JdbcUrls.withDatabase(postgres(), name);
	}

	/**
	 * MariaDB, which all tests share: use a database of your own.
	 * @return JDBC URL without a database, with the user in it
	 * @throws RealPartMissingException if there is none
	 */
	public static String mariaDb() {
		return MARIADB.get();
	}

	/**
	 * Redis with Query Engine and JSON. Tests share it: use keys of your own.
	 * @return address such as {@code redis://127.0.0.1:41000}
	 * @throws RealPartMissingException if there is none
	 */
	public static URI redisStack() {
		return REDIS_STACK.get();
	}

	/**
	 * Redis without modules. Tests share it: use keys of your own.
	 * @return address such as {@code redis://127.0.0.1:41000}
	 * @throws RealPartMissingException if there is none
	 */
	public static URI redis() {
		return REDIS.get();
	}

	/**
	 * Redis 6.2. Tests share it: use keys of your own.
	 * @return address such as {@code redis://127.0.0.1:41000}
	 * @throws RealPartMissingException if there is none
	 */
	public static URI redisSix() {
		return REDIS_6.get();
	}

	/**
	 * Valkey. Tests share it: use keys of your own.
	 * @return address such as {@code redis://127.0.0.1:41000}
	 * @throws RealPartMissingException if there is none
	 */
	public static URI valkey() {
		return VALKEY.get();
	}

	/**
	 * A small language model (SmolLM2-135M unless the environment names another). It
	 * reports usage in calls, none in streams, and its answers are poor.
	 * @return address and name
	 * @throws RealPartMissingException if there is none
	 */
	public static RealModel llm() {
		return LLM.get();
	}

	/**
	 * Chromium and its driver.
	 * @return the paths
	 * @throws RealPartMissingException if there is none
	 */
	public static RealBrowser chromium() {
		return CHROMIUM.get();
	}

	/**
	 * Find or start a part without using it yet.
	 * @param part the part
	 * @throws RealPartMissingException if there is none
	 */
	public static void require(RealPart part) {
		Resolution<?> resolution = PARTS.get(part);
		if (resolution != null) {
			resolution.get();
		}
	}

	private static <T> Resolution<T> add(RealPart part, Resolution<T> resolution) {
		PARTS.put(part, resolution);
		return resolution;
	}

	private static void execute(String sql) {
		try (Connection connection = DriverManager.getConnection(postgres())) {
			connection.createStatement().execute(sql);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(sql + " failed on the test's PostgreSQL", ex);
		}
	}

}
