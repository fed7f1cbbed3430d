package io.github.costwise.benchmarks.eval.cache;

import java.time.Duration;
import java.util.UUID;

import org.springframework.ai.vectorstore.pgvector.PgVectorStore;
import org.springframework.ai.vectorstore.pgvector.PgVectorStore.PgIndexType;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

import io.github.costwise.background.Background;
import io.github.costwise.cache.vectorstore.CacheEmbeddingModel;
import io.github.costwise.cache.vectorstore.VectorResponseCacheStore;
import io.github.costwise.cache.vectorstore.VectorStoreSettings;
import io.github.costwise.faults.Faults;
import io.github.costwise.spi.ResponseCacheStore;

/**
 * A store in PostgreSQL with pgvector, in a table of its own that is dropped at the end.
 *
 * @since 0.1.0
 */
public final class PgVectorEvaluatedStore implements EvaluatedStore {

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	private final String table = "costwise_eval_" + UUID.randomUUID().toString().replace('-', '_');

	private final SingleConnectionDataSource dataSource;

	private final JdbcTemplate database;

	private final Background background = new Background(new Faults());

	private final VectorResponseCacheStore store;

	/**
	 * Opens a store.
	 * @param url JDBC URL of the database, with the credentials in it
	 */
	public PgVectorEvaluatedStore(String url) {
		CacheEmbeddingModel model = new CacheEmbeddingModel(SeededClusters.DIMENSION);
		this.dataSource = new SingleConnectionDataSource(url, true);
		this.database = new JdbcTemplate(this.dataSource);
		this.database.execute("create extension if not exists vector");
		this.database.execute("create table " + this.table + " (id uuid primary key, content text, metadata json, "
				+ "embedding vector(" + model.dimensions() + "))");
		this.database.execute("create index on " + this.table + " using gin ((metadata::jsonb) jsonb_path_ops)");
		PgVectorStore vectors = PgVectorStore.builder(this.database, model)
			.vectorTableName(this.table)
			.dimensions(model.dimensions())
			.indexType(PgIndexType.NONE)
			.build();
		this.store = new VectorResponseCacheStore(vectors,
				new VectorStoreSettings(SeededClusters.DIMENSION, TIMEOUT, 1), this.background.time(), this.background);
	}

	@Override
	public ResponseCacheStore store() {
		return this.store;
	}

	@Override
	public void settle() {
		this.database.execute("analyze " + this.table);
	}

	@Override
	public long bytes() {
		Long bytes = this.database.queryForObject("select pg_total_relation_size('" + this.table + "')", Long.class);
		return (bytes != null) ? bytes : 0;
	}

	@Override
	public void close() {
		this.store.close();
		this.database.execute("drop table " + this.table);
		this.dataSource.destroy();
	}

}
