import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.IntPoint;
import org.apache.lucene.document.LatLonDocValuesField;
import org.apache.lucene.document.LatLonPoint;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.SortedNumericDocValuesField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.Term;
import org.apache.lucene.queries.function.FunctionScoreQuery;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.DoubleValues;
import org.apache.lucene.search.DoubleValuesSource;
import org.apache.lucene.search.IndexOrDocValuesQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.MMapDirectory;
import org.apache.lucene.util.BytesRef;

/**
 * Lucene over the corpus, asked in turns (turns.h). CPU is that of the thread that asks.
 *
 * <p>Tuned as somebody would who knows it well: one segment, memory-mapped; points for the radius,
 * the hours and the pay, with doc values where a filter is better checked than listed; terms for
 * main groups, languages and skills, whose boosts add up to the shared points; a function over doc
 * values for the rest of the score. One query says what is asked; in two steps it leaves out by
 * hand what these weights cannot rank high: the best jobs of the wished main groups, then, only as
 * far as their scores leave room, the others near by.
 */
public final class LuceneEngine {
  private static final int LIMIT = 20;
  private static final double EARTH_RADIUS_M = 6371008.8;
  private static final double HALF_EARTH_M = 20015115;
  private static final double OPEN_SCALE_M = 50000;
  private static final double FRESHNESS_SCALE_S = 30.0 * 86400;
  private static final double SCORE_SLACK = 5e-6;
  private static final double[] LADDER = {0, 0, 0.35, 0.6, 0.85, 1};

  /** A line of queries.tsv. */
  private static final class Asked {
    final double latitude;
    final double longitude;
    final double[] vector = new double[3];
    final int radiusM;
    final String[] codes;
    final int floorCents;
    final int fewestMinutes;
    final int mostMinutes;
    final int lacksLanguages;
    final int[] has;

    Asked(String line) {
      String[] fields = line.split("\t", -1);
      latitude = Double.parseDouble(fields[1]);
      longitude = Double.parseDouble(fields[2]);
      for (int i = 0; i < 3; i++) vector[i] = Double.parseDouble(fields[3 + i]);
      radiusM = Integer.parseInt(fields[6]);
      codes = fields[7].split(",");
      floorCents = Integer.parseInt(fields[8]);
      fewestMinutes = Integer.parseInt(fields[9]);
      mostMinutes = Integer.parseInt(fields[10]);
      lacksLanguages = Integer.parseInt(fields[11]);
      has = numbers(fields[12]);
    }

    double scaleM() {
      return radiusM > 0 ? radiusM / 2.0 : OPEN_SCALE_M;
    }

    /** How far away a job outside the wished groups with such a score can be; -1: none is. */
    double reachM(double least) {
      double all = radiusM > 0 ? radiusM + 0.5 : HALF_EARTH_M;
      double needed = ((least - SCORE_SLACK) * 10 - 5) / 2;
      if (needed <= 0) return all;
      if (needed > 1) return -1;
      return Math.min(all, -scaleM() * Math.log(needed));
    }
  }

  /** The whole score of a job, from the sum of its shared points and from its doc values. */
  private static final class ScoreSource extends DoubleValuesSource {
    private final Asked asked;
    private final double[] ladder;

    ScoreSource(Asked asked, double[] ladder) {
      this.asked = asked;
      this.ladder = ladder;
    }

    @Override
    public DoubleValues getValues(LeafReaderContext context, DoubleValues points)
        throws IOException {
      LeafReader reader = context.reader();
      NumericDocValues[] values = new NumericDocValues[FACTS.length];
      for (int i = 0; i < FACTS.length; i++) {
        values[i] = reader.getNumericDocValues(FACTS[i]);
      }
      return new DoubleValues() {
        @Override
        public double doubleValue() throws IOException {
          double[] facts = new double[FACTS.length];
          for (int i = 0; i < facts.length; i++) facts[i] = values[i].longValue();
          return score(points.doubleValue(), facts);
        }

        @Override
        public boolean advanceExact(int doc) throws IOException {
          boolean all = points.advanceExact(doc);
          for (NumericDocValues value : values) all &= value.advanceExact(doc);
          return all;
        }
      };
    }

    private double score(double shared, double[] facts) {
      double occupation = Math.max(ladder[(int) facts[3]], ladder[(int) facts[4]]);
      double distance = Math.exp(-metersTo(facts) / asked.scaleM());
      double floor = asked.floorCents;
      double salary = Math.max(0, Math.min(1, (facts[5] - floor / 2) / floor));
      double freshness = Math.exp(-facts[6] / FRESHNESS_SCALE_S);
      return (3 * occupation + 3 * shared / facts[7] + 2 * distance + salary + freshness) / 10;
    }

    /** Whole metres, of a chord that is cut to whole units. */
    private double metersTo(double[] facts) {
      double x = facts[0] - asked.vector[0];
      double y = facts[1] - asked.vector[1];
      double z = facts[2] - asked.vector[2];
      double chord = Math.floor(Math.sqrt(x * x + y * y + z * z));
      return Math.rint(2 * EARTH_RADIUS_M * Math.asin(chord / 2147483648.0));
    }

    @Override
    public boolean needsScores() {
      return true;
    }

    @Override
    public DoubleValuesSource rewrite(IndexSearcher searcher) {
      return this;
    }

    @Override
    public boolean isCacheable(LeafReaderContext context) {
      return false;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(this);
    }

    @Override
    public boolean equals(Object other) {
      return this == other;
    }

    @Override
    public String toString() {
      return "score";
    }
  }

  /** Doc values that a score is made of, in this order. */
  private static final String[] FACTS = {
    "x", "y", "z", "occupation", "other_occupation", "hourly_cents", "age_seconds", "asked_points"
  };

  private final IndexSearcher searcher;
  private final List<String> codes;
  private final boolean steps;

  private LuceneEngine(IndexSearcher searcher, List<String> codes, boolean steps) {
    this.searcher = searcher;
    this.codes = codes;
    this.steps = steps;
  }

  private static int[] numbers(String list) {
    if (list.isEmpty()) return new int[0];
    return Arrays.stream(list.split(",")).mapToInt(Integer::parseInt).toArray();
  }

  private static Document documentOf(String line) {
    String[] fields = line.split("\t", -1);
    Document job = new Document();
    double latitude = Double.parseDouble(fields[1]);
    double longitude = Double.parseDouble(fields[2]);
    job.add(new LatLonPoint("at", latitude, longitude));
    job.add(new LatLonDocValuesField("at", latitude, longitude));
    int[] from = {3, 4, 5, 6, 7, 10, 14, 15};
    for (int i = 0; i < FACTS.length; i++) {
      long value = (long) Double.parseDouble(fields[from[i]]);
      job.add(new NumericDocValuesField(FACTS[i], value));
    }
    addRanged(job, "pay", Integer.parseInt(fields[10]));
    addRanged(job, "fewest", Integer.parseInt(fields[11]));
    addRanged(job, "most", Integer.parseInt(fields[12]));
    job.add(new StringField("group", fields[8], Field.Store.NO));
    if (!fields[9].equals(fields[8])) {
      job.add(new StringField("group", fields[9], Field.Store.NO));
    }
    int languages = Integer.parseInt(fields[13]);
    for (int bit = 0; languages >> bit != 0; bit++) {
      if ((languages >> bit & 1) == 0) continue;
      job.add(new StringField("language", Integer.toString(bit), Field.Store.NO));
    }
    for (int value : numbers(fields[16])) {
      job.add(new StringField("asks", Integer.toString(value), Field.Store.NO));
    }
    return job;
  }

  private static void addRanged(Document job, String field, int value) {
    job.add(new IntPoint(field, value));
    job.add(new SortedNumericDocValuesField(field, value));
  }

  private static void fill(Path index, Path jobs) throws IOException {
    IndexWriterConfig config = new IndexWriterConfig();
    config.setRAMBufferSizeMB(512);
    try (MMapDirectory directory = new MMapDirectory(index);
        IndexWriter writer = new IndexWriter(directory, config);
        BufferedReader reader = Files.newBufferedReader(jobs)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        writer.addDocument(documentOf(line));
      }
      writer.forceMerge(1);
    }
  }

  private static Query between(String field, int least, int most) {
    return new IndexOrDocValuesQuery(
        IntPoint.newRangeQuery(field, least, most),
        SortedNumericDocValuesField.newSlowRangeQuery(field, least, most));
  }

  private static Query within(Asked asked, double meters) {
    return new IndexOrDocValuesQuery(
        LatLonPoint.newDistanceQuery("at", asked.latitude, asked.longitude, meters),
        LatLonDocValuesField.newSlowDistanceQuery("at", asked.latitude, asked.longitude, meters));
  }

  private static Query anyOf(String field, Stream<String> terms) {
    return new TermInSetQuery(field, terms.map(BytesRef::new).collect(Collectors.toList()));
  }

  private double[] ladderOf(Asked asked) {
    double[] ladder = new double[codes.size()];
    for (int row = 0; row < ladder.length; row++) {
      for (String wished : asked.codes) {
        int common = 0;
        while (common < 5 && wished.charAt(common) == codes.get(row).charAt(common)) common++;
        ladder[row] = Math.max(ladder[row], LADDER[common]);
      }
    }
    return ladder;
  }

  /** The conditions, and skills whose scores add up to the points that are shared. */
  private static BooleanQuery.Builder conditionsOf(Asked asked) {
    BooleanQuery.Builder query = new BooleanQuery.Builder();
    query.add(between("fewest", 0, asked.mostMinutes), Occur.FILTER);
    query.add(between("most", asked.fewestMinutes, Integer.MAX_VALUE), Occur.FILTER);
    query.add(between("pay", asked.floorCents, Integer.MAX_VALUE), Occur.FILTER);
    List<String> lacks = new ArrayList<>();
    for (int bit = 0; asked.lacksLanguages >> bit != 0; bit++) {
      if ((asked.lacksLanguages >> bit & 1) != 0) lacks.add(Integer.toString(bit));
    }
    if (!lacks.isEmpty()) query.add(anyOf("language", lacks.stream()), Occur.MUST_NOT);
    for (int value : asked.has) {
      Query skill = new TermQuery(new Term("asks", Integer.toString(value)));
      query.add(new BoostQuery(new ConstantScoreQuery(skill), value % 64), Occur.SHOULD);
    }
    return query;
  }

  private void search(Query query, DoubleValuesSource source, List<Double> scores)
      throws IOException {
    for (ScoreDoc found : searcher.search(new FunctionScoreQuery(query, source), LIMIT).scoreDocs) {
      scores.add((double) found.score);
    }
  }

  private List<Double> best(Asked asked) throws IOException {
    return steps ? bestInSteps(asked) : bestAtOnce(asked);
  }

  private List<Double> bestAtOnce(Asked asked) throws IOException {
    BooleanQuery.Builder query = conditionsOf(asked);
    if (asked.radiusM > 0) query.add(within(asked, asked.radiusM + 0.5), Occur.FILTER);
    List<Double> scores = new ArrayList<>();
    search(query.build(), new ScoreSource(asked, ladderOf(asked)), scores);
    return scores;
  }

  private List<Double> bestInSteps(Asked asked) throws IOException {
    ScoreSource source = new ScoreSource(asked, ladderOf(asked));
    Query groups =
        anyOf("group", Arrays.stream(asked.codes).map(code -> code.substring(0, 2)).distinct());
    BooleanQuery.Builder wished = conditionsOf(asked).add(groups, Occur.FILTER);
    if (asked.radiusM > 0) wished.add(within(asked, asked.radiusM + 0.5), Occur.FILTER);
    List<Double> scores = new ArrayList<>();
    search(wished.build(), source, scores);
    double reach = asked.reachM(scores.size() == LIMIT ? scores.get(LIMIT - 1) : 0);
    if (reach < 0) return scores;
    BooleanQuery.Builder others = conditionsOf(asked).add(groups, Occur.MUST_NOT);
    if (reach < HALF_EARTH_M) others.add(within(asked, reach), Occur.FILTER);
    search(others.build(), source, scores);
    scores.sort((a, b) -> Double.compare(b, a));
    return scores.subList(0, Math.min(LIMIT, scores.size()));
  }

  private static void serve(LuceneEngine engine, List<Asked> queries) throws IOException {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    BufferedReader input = new BufferedReader(new InputStreamReader(System.in));
    while (input.readLine() != null) {
      List<List<Double>> answers = new ArrayList<>();
      long before = threads.getCurrentThreadCpuTime();
      for (Asked asked : queries) answers.add(engine.best(asked));
      long took = threads.getCurrentThreadCpuTime() - before;
      System.out.println("cpu " + took / 1e3 / queries.size());
      for (List<Double> scores : answers) {
        System.out.println(
            scores.stream()
                .map(score -> String.format(Locale.ROOT, "%.9f", score))
                .collect(Collectors.joining(",")));
      }
    }
  }

  private static long bytesOf(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.mapToLong(file -> file.toFile().length()).sum();
    }
  }

  /**
   * Arguments: the corpus's folder; the index's, filled if it is not there; rounds to warm up;
   * "steps" for two of them.
   */
  public static void main(String[] arguments) throws IOException {
    Path corpus = Paths.get(arguments[0]);
    Path index = Paths.get(arguments[1]);
    int warmUp = Integer.parseInt(arguments[2]);
    if (!Files.exists(index)) fill(index, corpus.resolve("jobs.tsv"));
    List<Asked> queries =
        Files.readAllLines(corpus.resolve("queries.tsv")).stream()
            .map(Asked::new)
            .collect(Collectors.toList());
    IndexSearcher searcher =
        new IndexSearcher(DirectoryReader.open(new MMapDirectory(index)));
    searcher.setQueryCache(null);
    LuceneEngine engine =
        new LuceneEngine(
            searcher,
            Files.readAllLines(corpus.resolve("codes.tsv")),
            Arrays.asList(arguments).subList(3, arguments.length).contains("steps"));
    for (int round = 0; round < warmUp; round++) {
      for (Asked asked : queries) engine.best(asked);
    }
    System.out.println("ready\t" + bytesOf(index) / 1000000 + " MB on disk");
    serve(engine, queries);
  }
}
