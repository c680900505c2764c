//! Measures speed: the whole engine, its start, its memory, and the encoder beside the matrix products it is made of.
//!
//! The encoder cannot be faster than its matrix products alone. Both are timed in turn in one run, on one core, and the
//! best of many rounds is kept: on a busy machine the best is the nearest to what the work costs.

use crate::error::Error;
use crate::polnear::Article;
use crate::shared::text_of;
use onrecord::reader::Reader;
use onrecord::{Document, read};
use rayon::prelude::*;
use rten::{ModelOptions, RunOptions, ValueOrView};
use rten_gemm::{GemmExecutor, GemmInT, GemmInputA, GemmInputB, GemmOptions, GemmOutT};
use rten_tensor::NdTensor;
use rten_tensor::prelude::*;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Words-pieces in a window of the reader.
const WINDOW: usize = 256;
/// Linear layers of one layer of the encoder, as inputs and outputs: query, key, value, output, and the two of the feed-forward.
const LINEAR: [(usize, usize); 6] = [(384, 384), (384, 384), (384, 384), (384, 384), (384, 1536), (1536, 384)];
/// Layers of the encoder.
const LAYERS: usize = 6;
/// Rounds of which the best counts.
const ROUNDS: usize = 30;

/// The encoder beside its matrix products, for one full window on one core.
#[derive(Clone, Copy, Debug)]
pub struct Encoder {
    /// The graph as shipped.
    pub graph: Duration,
    /// The linear layers alone, 8-bit with 32-bit sums, as shipped.
    pub products_int8: Duration,
    /// The same in 32-bit floats.
    pub products_float: Duration,
}

impl Encoder {
    /// The encoder's speed as a share of what its products alone would allow, 0 to 1.
    pub fn share(self) -> f64 {
        self.products_int8.as_secs_f64() / self.graph.as_secs_f64()
    }
}

/// Times the graph in `model` and its linear layers in turn.
pub fn encoder(model: &Path) -> Result<Encoder, Error> {
    let wrong = |error: String| Error::new(model, error);
    let graph = ModelOptions::with_all_ops().prepack_weights(true).load_file(model).map_err(|error| wrong(error.to_string()))?;
    let node = |name| graph.node_id(name).map_err(|error| wrong(error.to_string()));
    let (inputs, outputs) = ([node("ids")?, node("types")?], [node("statement")?, node("name")?, node("description")?, node("link")?]);
    let input = |most: usize| ValueOrView::from(NdTensor::<i32, 2>::from_data([1, WINDOW], (0..WINDOW).map(|at| (at * 7 % most) as i32).collect::<Vec<_>>()));
    let one_core = Arc::new(rten::ThreadPool::with_num_threads(1));
    let run = || {
        let mut options = RunOptions::default();
        options.thread_pool = Some(one_core.clone());
        let given = vec![(inputs[0], input(30_000)), (inputs[1], input(96))];
        graph.run_n(given, outputs, Some(options)).map(|_| ()).map_err(|error| wrong(error.to_string()))
    };
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().map_err(|error| wrong(error.to_string()))?;
    pool.install(|| {
        let mut int8 = products::<u8, i8, i32>(GemmExecutor::<u8, i8, i32>::default(), 3, 2);
        let mut float = products::<f32, f32, f32>(GemmExecutor::<f32, f32, f32>::default(), 0.5, 0.25);
        let mut best = Encoder { graph: Duration::MAX, products_int8: Duration::MAX, products_float: Duration::MAX };
        for _ in 0..ROUNDS {
            let start = Instant::now();
            run()?;
            best.graph = best.graph.min(start.elapsed());
            best.products_int8 = best.products_int8.min(int8());
            best.products_float = best.products_float.min(float());
        }
        Ok(best)
    })
}

/// Something that multiplies one window through all linear layers and says how long it took. Weights are packed before.
fn products<A: GemmInT, B: GemmInT, C: GemmOutT>(gemm: GemmExecutor<A, B, C>, input: A, weight: B) -> impl FnMut() -> Duration {
    let matrix = |rows: usize, columns: usize, value: B| NdTensor::from_data([rows, columns], vec![value; rows * columns]);
    let weights: Vec<_> =
        LINEAR.iter().flat_map(|shape| std::iter::repeat_n(shape, LAYERS)).map(|(from, to)| gemm.prepack_b(matrix(*from, *to, weight).view())).collect();
    let inputs = [384, 1536].map(|width| NdTensor::from_data([WINDOW, width], vec![input; WINDOW * width]));
    let mut out: Box<[C]> = std::iter::repeat_n(C::default(), WINDOW * 1536).collect();
    move || {
        let start = Instant::now();
        for packed in &weights {
            let b = GemmInputB::Packed(packed);
            let a = &inputs[usize::from(b.rows() > 384)];
            let size = WINDOW * b.cols();
            gemm.gemm(&mut out[..size], GemmInputA::Unpacked(a.view()), b, GemmOptions::default()).expect("the shapes fit");
        }
        start.elapsed()
    }
}

/// Reads every article once to warm up and once timed, side by side on all cores; articles a second.
pub fn articles_a_second(articles: &[Article], reader: &Reader) -> f64 {
    let all = || {
        let one = |reader: &mut Reader, article: &Article| read(Document::new(&article.name, &article.text), reader).statements.len();
        articles.par_iter().with_max_len(1).map_init(|| reader.on_one_core(), one).sum::<usize>()
    };
    /// Articles read before the clock starts.
    const WARM_UP: usize = 8;
    articles.iter().take(WARM_UP).for_each(|article| {
        read(Document::new(&article.name, &article.text), reader);
    });
    let start = Instant::now();
    all();
    articles.len() as f64 / start.elapsed().as_secs_f64()
}

/// The most memory this process has held, in MB; `None` where the system does not tell.
pub fn peak_memory() -> Option<f64> {
    let status = text_of(Path::new("/proc/self/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.trim().trim_end_matches(" kB").trim().parse::<f64>().ok()? / 1000.0)
}

/// How long `program read --json` takes from its start to the first byte it prints, on one short article; the best of a few.
pub fn first_output(program: &Path) -> Result<Duration, Error> {
    /// Starts of which the best counts.
    const STARTS: usize = 7;
    const ARTICLE: &[u8] =
        b"HARROW \xe2\x80\x94 The mayor, Mara Ode, said on Tuesday that the bridge would stay closed. \xe2\x80\x9cIt is not safe,\xe2\x80\x9d she said.\n";
    let wrong = |error: std::io::Error| Error::new(program, error.to_string());
    let mut best = Duration::MAX;
    for _ in 0..STARTS {
        let start = Instant::now();
        let mut child =
            Command::new(program).args(["read", "--json", "-"]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().map_err(wrong)?;
        if let Some(mut stdin) = child.stdin.take() {
            std::io::Write::write_all(&mut stdin, ARTICLE).map_err(wrong)?;
        }
        let mut first = [0];
        if let Some(mut stdout) = child.stdout.take() {
            let read = std::io::Read::read(&mut stdout, &mut first).map_err(wrong)?;
            best = if read == 1 { best.min(start.elapsed()) } else { best };
        }
        child.wait().map_err(wrong)?;
    }
    Ok(best)
}
